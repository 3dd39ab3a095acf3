import { describe, expect, it } from 'vitest';
import { type ClockInput, freshnessOf, needsVersions } from '../../src/domain/freshness-clock.ts';
import type { Account } from '../../src/domain/inventory.ts';
import { account, daysAgo, label, NOW, page, version } from '../page-view.ts';

const ACCOUNTS = new Map<string, Account>([account('ada'), account('bot', { type: 'app' }), account('owner')]);

const input = (partial: Partial<ClockInput> = {}): ClockInput => ({
  page: page({ version: version({ number: 7, createdAt: daysAgo(30) }) }),
  labels: [],
  dates: [],
  humanVersion: null,
  accounts: ACCOUNTS,
  ignoreAuthors: [],
  minorEdits: 'ignore',
  ownVersions: new Set(),
  now: NOW,
  ...partial,
});
const botPage = page({ version: version({ number: 7, createdAt: daysAgo(1), authorId: 'bot' }), authorId: 'owner' });

describe('freshnessOf', () => {
  it('takes the newest version where a person made it', () => {
    expect(freshnessOf(input())).toEqual({
      known: true,
      at: daysAgo(30),
      because: 'human-edit',
      cause: 'Last edited by "Name of ada" on 2027-05-02 (version 7).',
    });
  });

  it('counts the edits of the person whose token it is: only versions in the ledger are our own', () => {
    const mine = page({ version: version({ number: 8, authorId: 'owner', createdAt: daysAgo(2) }) });
    expect(freshnessOf(input({ page: mine, ownVersions: new Set([7]) }))).toMatchObject({ at: daysAgo(2) });
    expect(freshnessOf(input({ page: mine, ownVersions: new Set([8]) }))).toMatchObject({ known: false });
  });

  it('counts minor edits where the rule says so', () => {
    const minor = page({ version: version({ number: 7, minorEdit: true, createdAt: daysAgo(1) }) });
    expect(freshnessOf(input({ page: minor }))).toMatchObject({ known: false });
    expect(freshnessOf(input({ page: minor, minorEdits: 'count' }))).toMatchObject({
      because: 'human-edit',
      at: daysAgo(1),
    });
  });

  it('takes an account that nobody could look up for a person, and says which', () => {
    const gone = page({ version: version({ number: 7, authorId: '557058:x' }) });
    expect(freshnessOf(input({ page: gone }))).toMatchObject({
      cause: expect.stringContaining('by the account "557058:x" on'),
    });
    const nobody = page({ version: version({ number: 7, authorId: null }) });
    expect(freshnessOf(input({ page: nobody }))).toMatchObject({
      cause: expect.stringContaining('by an unknown author on'),
    });
  });

  it('calls the first version a creation', () => {
    const first = page({ version: version({ createdAt: daysAgo(40) }) });
    expect(freshnessOf(input({ page: first }))).toMatchObject({
      because: 'created',
      at: daysAgo(40),
      cause: 'Created by "Name of ada" on 2027-04-22.',
    });
  });

  it('falls back to the creation of the page where no version counts', () => {
    const humanVersion = { upTo: 7, version: null, ignored: { app: 7 } };
    expect(freshnessOf(input({ page: botPage, humanVersion }))).toEqual({
      known: true,
      at: daysAgo(400),
      because: 'created',
      cause: 'Created by "Name of owner" on 2026-04-27. Newer versions that do not count: 7 versions by apps.',
    });
  });

  it('names every kind of version that it passed over', () => {
    const humanVersion = {
      upTo: 7,
      version: version({ number: 2, createdAt: daysAgo(90) }),
      ignored: { own: 1, listed: 1, app: 2, minor: 1 },
    };
    expect(freshnessOf(input({ page: botPage, humanVersion }))).toMatchObject({
      cause:
        'Last edited by "Name of ada" on 2027-03-03 (version 2). Newer versions that do not count: 1 version written by this program, 1 version by an author who is listed as ignored, 2 versions by apps, 1 minor edit.',
    });
  });

  it('keeps names of people from breaking its sentence', () => {
    const accounts = new Map([account('ada', { displayName: 'Ada\n\u202Eevil\u001b[31m' })]);
    expect(freshnessOf(input({ accounts }))).toMatchObject({
      cause: 'Last edited by "Ada evil[31m" on 2027-05-02 (version 7).',
    });
  });
});

const attested = (...names: readonly string[]) => freshnessOf(input({ labels: names.map((name) => label(name)) }));

describe('attestation', () => {
  it.each(['reviewed', 'tested'] as const)(
    'counts a date that the page names of itself (%s), and says where it stands',
    (kind) => {
      const told = freshnessOf(input({ dates: [{ kind, day: '2027-05-20' }], labels: [label('reviewed-2027-05-10')] }));
      expect(told).toMatchObject({
        because: 'attestation',
        at: '2027-05-20T00:00:00.000Z',
        cause: `The property "Last ${kind}" (2027-05-20) attests it.`,
      });
    },
  );

  it('believes no date in the future, of a label or of the text, and names both', () => {
    const dates = [
      { kind: 'tested', day: '2099-01-01' },
      { kind: 'reviewed', day: null },
    ] as const;
    expect(freshnessOf(input({ dates, labels: [label('reviewed-2099-01-01')] }))).toMatchObject({
      because: 'human-edit',
      cause: expect.stringMatching(
        /The label "reviewed-2099-01-01" names a future date and was ignored\. The property "Last tested" \(2099-01-01\) names a future date and was ignored\.$/,
      ),
    });
  });

  it('does not take the next review for one that was', () => {
    const dates = [{ kind: 'review-due', day: '2027-05-20' }] as const;
    expect(freshnessOf(input({ dates }))).toMatchObject({ because: 'human-edit' });
  });

  it.each([
    ['the newest of several', ['reviewed-2027-05-10', 'reviewed-2027-05-20'], '2027-05-20T00:00:00.000Z'],
    ['upper case', ['Reviewed-2027-05-20'], '2027-05-20T00:00:00.000Z'],
    ['the day itself', ['reviewed-2027-06-01'], '2027-06-01T00:00:00.000Z'],
    ['a day that has begun in the east, but never later than now', ['reviewed-2027-06-02'], NOW.toISOString()],
  ])('counts %s', (_, names, at) => {
    expect(attested(...names)).toMatchObject({ because: 'attestation', at });
  });

  it.each([
    ['one that is older than the last edit', 'reviewed-2027-01-14'],
    ['the day of the last edit', 'reviewed-2027-01-15'],
    ['30 February', 'reviewed-2027-02-30'],
    ['29 February of a common year', 'reviewed-2027-02-29'],
    ['month 13', 'reviewed-2027-13-01'],
    ['another form of date', 'reviewed-20270520'],
    ['a longer label', 'reviewed-2027-05-20-by-ada'],
    ['no date', 'reviewed-'],
  ])('does not count %s', (_, name) => {
    const edited = page({ version: version({ number: 7, createdAt: '2027-01-15T00:00:00.000Z' }) });
    expect(freshnessOf(input({ page: edited, labels: [label(name)] }))).toMatchObject({
      because: 'human-edit',
      at: '2027-01-15T00:00:00.000Z',
      cause: expect.not.stringContaining('label'),
    });
  });

  it('counts 29 February of a leap year', () => {
    const now = new Date('2028-03-01T00:00:00Z');
    expect(freshnessOf(input({ labels: [label('reviewed-2028-02-29')], now }))).toMatchObject({
      at: '2028-02-29T00:00:00.000Z',
    });
  });

  it('says that a future date was ignored, also beside one that counts', () => {
    expect(attested('reviewed-2027-06-03')).toMatchObject({
      because: 'human-edit',
      cause: expect.stringMatching(
        /\(version 7\)\. The label "reviewed-2027-06-03" names a future date and was ignored\.$/,
      ),
    });
    expect(attested('reviewed-2027-05-20', 'reviewed-2099-01-01')).toMatchObject({
      because: 'attestation',
      cause:
        'The label "reviewed-2027-05-20" attests it. The label "reviewed-2099-01-01" names a future date and was ignored.',
    });
  });

  it('does not count a label that only its owner sees', () => {
    expect(freshnessOf(input({ labels: [label('reviewed-2027-05-20', 'my')] }))).toMatchObject({
      because: 'human-edit',
    });
  });
});

describe('needsVersions', () => {
  it.each<[string, boolean, Partial<ClockInput>]>([
    ['a person made the newest version', false, {}],
    ['a bot made the newest version', true, { page: botPage }],
    ['a bot made the only version', false, { page: page({ version: version({ authorId: 'bot' }) }) }],
    [
      'the list was read up to this version',
      false,
      { page: botPage, humanVersion: { upTo: 7, version: version({ number: 2 }), ignored: { app: 5 } } },
    ],
    [
      'the list was read two versions ago',
      true,
      { page: botPage, humanVersion: { upTo: 5, version: version({ number: 2 }), ignored: { app: 3 } } },
    ],
    [
      'the version that was found does not count any more',
      true,
      {
        page: botPage,
        humanVersion: { upTo: 7, version: version({ number: 2 }), ignored: {} },
        ignoreAuthors: ['ada'],
      },
    ],
    ['an attestation is newer than everything', false, { page: botPage, labels: [label('reviewed-2027-06-01')] }],
    [
      'an attestation is older than the newest version',
      true,
      { page: botPage, labels: [label('reviewed-2027-05-01')] },
    ],
  ])('where %s: %s', (_, expected, partial) => {
    expect(needsVersions(input(partial))).toBe(expected);
  });
});
