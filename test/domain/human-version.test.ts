import { describe, expect, it } from 'vitest';
import { carryHumanVersion, type ClockRules, pickHumanVersion } from '../../src/domain/human-version.ts';
import type { Account, Version } from '../../src/domain/inventory.ts';
import { account, page, version } from '../page-view.ts';

const rules: ClockRules = {
  accounts: new Map<string, Account>([account('ada'), account('bot', { type: 'app' })]),
  ignoreAuthors: ['sync'],
  minorEdits: 'ignore',
  ownVersions: new Set([6]),
};
const by = (number: number, authorId: string, minorEdit = false): Version => version({ number, authorId, minorEdit });

describe('pickHumanVersion', () => {
  it('picks the newest version that counts and tells what it passed over, in whatever order they come', () => {
    const versions = [by(3, 'ada'), by(7, 'bot'), by(6, 'ada'), by(5, 'sync'), by(4, 'ada', true), by(2, 'ada')];
    expect(pickHumanVersion(versions, rules, { complete: false })).toEqual({
      upTo: 7,
      version: by(3, 'ada'),
      ignored: { app: 1, own: 1, listed: 1, minor: 1 },
    });
  });

  it('knows only from a complete list that nothing counts', () => {
    const versions = [by(8, 'bot'), by(7, 'bot')];
    expect(pickHumanVersion(versions, rules, { complete: true })).toEqual({
      upTo: 8,
      version: null,
      ignored: { app: 2 },
    });
    expect(pickHumanVersion(versions, rules, { complete: false })).toBeNull();
    expect(pickHumanVersion([], rules, { complete: true })).toBeNull();
  });
});

describe('carryHumanVersion', () => {
  const stored = { upTo: 7, version: by(3, 'ada'), ignored: { app: 4 } };

  it('follows a bot night by night without reading the list again', () => {
    const eighth = carryHumanVersion(page({ version: by(8, 'bot') }), stored, rules);
    expect(eighth).toEqual({ upTo: 8, version: by(3, 'ada'), ignored: { app: 5 } });
    expect(carryHumanVersion(page({ version: by(9, 'sync') }), eighth, rules)).toEqual({
      upTo: 9,
      version: by(3, 'ada'),
      ignored: { app: 5, listed: 1 },
    });
  });

  it('keeps what it knows of an unchanged page', () => {
    expect(carryHumanVersion(page({ version: by(7, 'bot') }), stored, rules)).toBe(stored);
  });

  it('forgets what lay before an edit by a person', () => {
    expect(carryHumanVersion(page({ version: by(12, 'ada') }), stored, rules)).toEqual({
      upTo: 12,
      version: by(12, 'ada'),
      ignored: {},
    });
  });

  it.each([
    ['a version was missed in between', 9, stored],
    ['the page went back to an older version', 6, stored],
    ['nothing is stored', 8, null],
    ['the stored version does not count any more', 8, { ...stored, version: by(3, 'sync') }],
  ])('asks for the list where %s', (_, number, known) => {
    expect(carryHumanVersion(page({ version: by(number, 'bot') }), known, rules)).toBeNull();
  });
});
