import { describe, expect, it } from 'vitest';
import { isExempt, isRunbook, spaceChosen } from '../../src/domain/scope.ts';

const SPACES = { include: ['*'], exclude: ['OLD*'], excludeTypes: ['personal', 'system'] };
const space = (key: string, type = 'global', status = 'current') => ({ key, type, status });

describe('spaceChosen', () => {
  it('takes a current space that nothing leaves out', () => {
    expect(spaceChosen(space('OPS'), SPACES)).toEqual({ chosen: true });
  });

  it.each([
    [space('OPS', 'global', 'archived'), SPACES, 'the space is archived'],
    [space('old-wiki'), SPACES, 'spaces.exclude names OLD*'],
    [space('~712020'), { ...SPACES, include: ['OPS'] }, 'spaces.include does not name it'],
    [space('~712020', 'personal'), SPACES, 'spaces.excludeTypes names personal'],
    [space('OPS'), { ...SPACES, include: [] }, 'spaces.include does not name it'],
  ])('leaves out %j and says why', (candidate, spaces, because) => {
    expect(spaceChosen(candidate, spaces)).toEqual({ chosen: false, because });
  });
});

const RUNBOOKS = {
  labels: ['runbook', 'oncall-*'],
  titles: ['*runbook*'],
  spaces: ['RUN'],
  ancestors: ['42'],
  not: { labels: ['template'], titles: ['*retro*'] },
};
const page = { title: 'Notes', labels: [] as string[], spaceKey: 'OPS', ancestorIds: ['1'] };

describe('isRunbook', () => {
  it.each([
    ['an ordinary page', page, false],
    ['a title', { ...page, title: 'DB Runbook' }, true],
    ['a label', { ...page, labels: ['x', 'Runbook'] }, true],
    ['a label by pattern', { ...page, labels: ['oncall-db'] }, true],
    ['a space', { ...page, spaceKey: 'run' }, true],
    ['a page above it', { ...page, ancestorIds: ['7', '42', '1'] }, true],
    ['a part of an id above it', { ...page, ancestorIds: ['421'] }, false],
    ['a title that not leaves out', { ...page, title: 'Runbook retro' }, false],
    ['a label that not leaves out', { ...page, title: 'Runbook', labels: ['template'] }, false],
  ])('judges by %s', (_, candidate, expected) => {
    expect(isRunbook(candidate, RUNBOOKS)).toBe(expected);
  });

  it('finds none where no list names any', () => {
    const none = { labels: [], titles: [], spaces: [], ancestors: [], not: { labels: [], titles: [] } };
    expect(isRunbook({ ...page, title: 'Runbook' }, none)).toBe(false);
  });
});

describe('isExempt', () => {
  it.each([
    [{ id: '5', labels: [] }, true],
    [{ id: '55', labels: [] }, false],
    [{ id: '6', labels: ['Evergreen'] }, true],
    [{ id: '6', labels: ['runbook'] }, false],
  ])('judges %j', (candidate, expected) => {
    expect(isExempt(candidate, { labels: ['evergreen'], pages: ['5'] })).toBe(expected);
  });
});
