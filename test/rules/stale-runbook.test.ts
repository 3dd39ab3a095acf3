import { describe, expect, it } from 'vitest';
import { freshnessOf } from '../../src/domain/freshness-clock.ts';
import type { Freshness } from '../../src/domain/freshness.ts';
import { pickHumanVersion } from '../../src/domain/human-version.ts';
import type { PageDate } from '../../src/domain/facts.ts';
import type { Account, Label, Page, Version } from '../../src/domain/inventory.ts';
import rule from '../../src/rules/stale-runbook.ts';
import { account, daysAgo, label, NOW, page, pageView, version } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const ACCOUNTS = new Map<string, Account>([account('ada'), account('bot', { type: 'app' }), account('sync')]);

interface Told {
  readonly labels?: readonly Label[];
  readonly dates?: readonly PageDate[];
  readonly read?: boolean;
  readonly doc?: Partial<Page>;
}

/** What the clock says of a page with these versions, as the night would ask it. */
function clock(versions: readonly Version[], told: Told = {}): Freshness {
  const { labels = [], dates = [], read = true, doc = {} } = told;
  const newest = versions.toSorted((a, b) => b.number - a.number)[0] ?? version();
  const rules = {
    accounts: ACCOUNTS,
    ignoreAuthors: ['sync'],
    minorEdits: 'ignore',
    ownVersions: new Set([90]),
  } as const;
  const humanVersion = read ? pickHumanVersion(versions, rules, { complete: true }) : null;
  return freshnessOf({ ...rules, page: page({ version: newest, ...doc }), labels, dates, humanVersion, now: NOW });
}
const view = (...args: Parameters<typeof clock>) => pageView({ freshness: clock(...args) });

const nightly = (from: number, authorId: string): Version[] =>
  Array.from({ length: 5 }, (_, index) => version({ number: from + index, authorId, createdAt: daysAgo(5 - index) }));
const edit = (number: number, days: number, partial: Partial<Version> = {}): Version =>
  version({ number, createdAt: daysAgo(days), ...partial });

testRule(rule, {
  fine: [
    { name: 'a runbook that a person edited yesterday', view: view([edit(4, 1)]) },
    { name: 'one that was confirmed 89 days ago', view: view([edit(4, 89.9)]) },
    {
      name: 'an old one that was attested last week',
      view: view([edit(4, 500)], { labels: [label('reviewed-2027-05-25')] }),
    },
    {
      name: 'an old one that its table says was tested last week',
      view: view([edit(4, 500)], { dates: [{ kind: 'tested', day: '2027-05-25' }] }),
    },
    { name: 'a fresh one whose body was not read', view: { ...view([edit(4, 1)]), facts: null } },
    {
      name: 'a bot edits nightly, but a person edited last month',
      view: view([edit(4, 30), ...nightly(5, 'bot')]),
    },
    { name: 'one with a page clock ahead of ours', view: view([edit(4, -2)]) },
    { name: 'a limit that was raised', view: view([edit(4, 200)]), options: { warnDays: 300, failDays: 365 } },
  ],
  found: [
    {
      name: 'nobody touched it for 200 days',
      view: view([edit(4, 200)]),
      reason:
        /^No person has confirmed this runbook for 200 days \(limit 180, due on 2027-05-12\)\. Last edited by "Name of ada" on 2026-11-13 \(version 4\)\.$/,
      result: {
        severity: 'high',
        evidence: {
          fresh_at: daysAgo(200),
          fresh_because: 'human-edit',
          age_days: 200,
          fail_days: 180,
          due_on: '2027-05-12',
        },
      },
    },
    {
      name: 'its body, which may attest it, was not read',
      view: { ...view([edit(4, 100)]), facts: null },
      reason: /^The body, which may say that it was reviewed, has not been read/,
      result: { status: 'skip' },
    },
    {
      name: 'a table attests the year 2099',
      view: view([edit(4, 200)], { dates: [{ kind: 'reviewed', day: '2099-01-01' }] }),
      reason: /The property "Last reviewed" \(2099-01-01\) names a future date and was ignored\.$/,
    },
    {
      name: 'a live doc is told with a doubt',
      view: pageView({
        page: { subtype: 'live' },
        freshness: clock([edit(4, 200)], { doc: { subtype: 'live' } }),
      }),
      reason: /It is a live doc, whose versions may lag behind its edits\.$/,
      result: { confidence: 'partial' },
    },
    {
      name: 'the limit is reached to the day',
      view: view([edit(4, 180)]),
      reason: /for 180 days/,
    },
    {
      name: 'between the limits it warns, and says when it falls due',
      view: view([edit(4, 100)]),
      reason: /for 100 days; on 2027-08-20 it becomes stale \(limit 180\)\./,
      result: { status: 'warn', severity: 'medium' },
    },
    {
      name: 'a bot that edits nightly does not keep it fresh',
      view: view([edit(4, 400), ...nightly(5, 'bot')]),
      reason: /\(version 4\)\. Newer versions that do not count: 5 versions by apps\.$/,
    },
    {
      name: 'nor does an author who is listed',
      view: view([edit(4, 400), ...nightly(5, 'sync')]),
      reason: /5 versions by authors who are listed as ignored\.$/,
    },
    {
      name: 'nor does a minor edit',
      view: view([edit(4, 400), edit(5, 1, { minorEdit: true })]),
      reason: /1 minor edit\.$/,
    },
    {
      name: 'nor does a version that we wrote',
      view: view([edit(89, 400), edit(90, 1)]),
      reason: /1 version written by this program\.$/,
    },
    {
      name: 'an attestation with a future date does not count, and the finding says so',
      view: view([edit(4, 400)], { labels: [label('reviewed-2099-01-01')] }),
      reason: /The label "reviewed-2099-01-01" names a future date and was ignored\.$/,
    },
    {
      name: 'an attestation grows old as well',
      view: view([edit(4, 500)], { labels: [label('reviewed-2026-10-01')] }),
      reason: /The label "reviewed-2026-10-01" attests it\.$/,
      result: {
        evidence: { fresh_at: '2026-10-01T00:00:00.000Z', fresh_because: 'attestation', age_days: 243, fail_days: 180 },
      },
    },
    {
      name: 'nobody but a bot ever edited it',
      view: view([edit(1, 400, { authorId: 'bot' }), ...nightly(2, 'bot')]),
      reason: /Created by "Name of ada" on 2026-04-27\. Newer versions that do not count: 6 versions by apps\.$/,
    },
    {
      name: 'as long as the older versions are not read it does not judge',
      view: view([edit(4, 400), ...nightly(5, 'bot')], { read: false }),
      reason:
        /^The newest version \(9, by "Name of bot"\) does not count, and the older versions have not been read yet\.$/,
      result: { status: 'skip' },
    },
    {
      name: 'a date that cannot be read is no verdict',
      view: pageView({ freshness: { known: true, at: 'yesterday', because: 'created', cause: 'Created.' } }),
      reason: /cannot be read/,
      result: { status: 'skip' },
    },
    {
      name: 'an override below the default warning fails without warning first',
      view: view([edit(4, 31)]),
      options: { failDays: 30 },
      reason: /for 31 days \(limit 30, due on 2027-05-31\)/,
    },
    {
      name: 'a page that is no runbook is none of its business',
      view: { ...view([edit(4, 400)]), isRunbook: false },
      reason: /not a runbook/,
      result: { status: 'not-applicable' },
    },
  ],
});

describe('the options of stale-runbook', () => {
  it.each([[{ warnDays: 0 }], [{ failDays: 1.5 }], [{ minorEdits: 'never' }], [{ days: 3 }]])(
    'refuse %j',
    (options) => {
      expect(rule.options.safeParse(options).success).toBe(false);
    },
  );
});
