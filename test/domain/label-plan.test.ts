import { describe, expect, it } from 'vitest';
import {
  type LabelAction,
  type OwnedLabel,
  planLabels,
  type PlanFinding,
  type PlanInput,
  type PlanPage,
  writeCap,
} from '../../src/domain/label-plan.ts';

const STALE = 'docaudit-stale';
const action: LabelAction = { match: { rule: 'stale-runbook', status: 'fail' }, label: STALE };
const finding = (pageId: string, partial: Partial<PlanFinding> = {}): PlanFinding => ({
  findingId: `f-${pageId}`,
  pageId,
  ruleId: 'stale-runbook',
  status: 'fail',
  severity: 'high',
  firstSeenAt: '2027-01-01T00:00:00.000Z',
  ...partial,
});
const owned = (pageId: string, partial: Partial<OwnedLabel> = {}): OwnedLabel => ({
  pageId,
  label: STALE,
  severity: 'high',
  addedAt: '2027-01-02T00:00:00.000Z',
  ...partial,
});
const pages = (labels: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, PlanPage> =>
  new Map(Object.entries(labels).map(([id, names]) => [id, { labels: new Set(names), version: 3 }]));

const plan = (partial: Partial<PlanInput>) =>
  planLabels({
    findings: [],
    actions: [action],
    pages: new Map(),
    owned: [],
    suppressed: [],
    limits: { writesPerRun: 50, writesPercent: 5, walkedPages: 1_000 },
    prefix: 'docaudit-',
    ...partial,
  });
const brief = (writes: ReturnType<typeof planLabels>['writes']) =>
  writes.map(({ kind, pageId }) => `${kind} ${pageId}`);

describe('planLabels', () => {
  it('adds the label of an action to a page with such a finding', () => {
    expect(plan({ findings: [finding('1')], pages: pages({ '1': ['runbook'] }) })).toEqual({
      writes: [
        {
          kind: 'add',
          pageId: '1',
          label: STALE,
          pageVersion: 3,
          findingId: 'f-1',
          ruleId: 'stale-runbook',
          severity: 'high',
          since: '2027-01-01T00:00:00.000Z',
          reason: 'stale-runbook has an open finding of severity high.',
        },
      ],
      deferred: [],
      notes: [],
    });
  });

  it.each<[string, LabelAction['match'], Partial<PlanFinding>, boolean]>([
    ['another rule', { rule: 'stale-runbook' }, { ruleId: 'stale-page' }, false],
    ['one rule of a list', { rule: ['stale-page', 'stale-runbook'] }, {}, true],
    ['another status', { status: 'fail' }, { status: 'warn' }, false],
    ['one status of a list', { status: ['fail', 'warn'] }, { status: 'warn' }, true],
    ['another severity', { severity: 'critical' }, {}, false],
    ['both keys of two', { rule: 'stale-runbook', severity: ['high', 'critical'] }, {}, true],
    ['only one key of two', { rule: 'stale-runbook', severity: 'critical' }, {}, false],
    ['no key at all', {}, {}, true],
  ])('matches %s', (_, match, partial, expected) => {
    const { writes } = plan({
      findings: [finding('1', partial)],
      actions: [{ match, label: STALE }],
      pages: pages({ '1': [] }),
    });
    expect(writes).toHaveLength(expected ? 1 : 0);
  });

  it('leaves a label alone that somebody else put there, whether a finding asks for it or not', () => {
    const mixed = pages({ '1': [STALE], '2': [STALE] });
    expect(plan({ findings: [finding('1')], pages: mixed })).toEqual({
      writes: [],
      deferred: [],
      notes: [{ pageId: '1', label: STALE, kind: 'already-there' }],
    });
  });

  it('does nothing where our label stands and is still asked for', () => {
    expect(plan({ findings: [finding('1')], pages: pages({ '1': [STALE] }), owned: [owned('1')] })).toEqual({
      writes: [],
      deferred: [],
      notes: [],
    });
  });

  it('takes our label off where no finding asks for it any more', () => {
    const { writes } = plan({ pages: pages({ '1': [STALE, 'runbook'] }), owned: [owned('1')] });
    expect(writes).toMatchObject([
      {
        kind: 'remove',
        pageId: '1',
        label: STALE,
        findingId: null,
        reason: 'No open finding asks for the label any more.',
      },
    ]);
  });

  it('takes nothing off a page that was not seen in this run, and adds nothing to it', () => {
    expect(plan({ findings: [finding('2')], owned: [owned('1')] })).toMatchObject({
      writes: [],
      notes: [
        { pageId: '2', kind: 'not-seen' },
        { pageId: '1', kind: 'not-seen' },
      ],
    });
  });

  it('puts a label back that was taken off, unless people keep taking it off', () => {
    const gone = { findings: [finding('1')], pages: pages({ '1': [] }), owned: [owned('1')] };
    const note = { pageId: '1', label: STALE, kind: 'taken-off' };
    expect(plan(gone)).toMatchObject({ writes: [{ kind: 'add', pageId: '1' }], notes: [note] });
    expect(plan({ ...gone, suppressed: [{ pageId: '1', label: STALE }] })).toMatchObject({
      writes: [],
      notes: [{ kind: 'suppressed' }, note],
    });
  });

  it('has nothing to take off where the label is gone already', () => {
    expect(plan({ pages: pages({ '1': [] }), owned: [owned('1')] })).toEqual({
      writes: [],
      deferred: [],
      notes: [{ pageId: '1', label: STALE, kind: 'taken-off' }],
    });
  });

  it('does not touch labels of an earlier prefix', () => {
    const old = owned('1', { label: 'old-stale' });
    expect(plan({ pages: pages({ '1': ['old-stale'] }), owned: [old] }).writes).toEqual([]);
  });

  it('refuses an action whose label does not begin with the prefix', () => {
    expect(() => plan({ actions: [{ match: {}, label: 'stale' }] })).toThrow(
      expect.objectContaining({ code: 'config-invalid' }),
    );
  });

  it('writes a label once that several findings ask for, in the name of the worst and oldest', () => {
    const findings = [
      finding('1', { findingId: 'a', ruleId: 'x', severity: 'low' }),
      finding('1', { findingId: 'b', severity: 'critical', firstSeenAt: '2027-02-01T00:00:00Z' }),
      finding('1', { findingId: 'c', severity: 'critical', firstSeenAt: '2027-01-31T00:00:00.500Z' }),
    ];
    expect(plan({ findings, actions: [{ match: {}, label: STALE }], pages: pages({ '1': [] }) }).writes).toMatchObject([
      { findingId: 'c', severity: 'critical' },
    ]);
  });

  it('orders by severity, then removals, then age, and defers the rest in that order', () => {
    const findings = [
      finding('1', { firstSeenAt: '2027-01-05T00:00:00Z' }),
      finding('2', { firstSeenAt: '2027-01-04T00:00:00Z' }),
      finding('3', { severity: 'critical', firstSeenAt: '2027-03-01T00:00:00Z' }),
      finding('6', { severity: 'low', firstSeenAt: '2026-01-01T00:00:00Z' }),
    ];
    const ours = [owned('4'), owned('5', { severity: 'low' })];
    const site = pages({ '1': [], '2': [], '3': [], '4': [STALE], '5': [STALE], '6': [] });
    const limits = { writesPerRun: 4, writesPercent: 5, walkedPages: 1_000 };
    const { writes, deferred } = plan({ findings, owned: ours, pages: site, limits });
    expect(brief(writes)).toEqual(['add 3', 'remove 4', 'add 2', 'add 1']);
    expect(brief(deferred)).toEqual(['remove 5', 'add 6']);
  });
});

describe('writeCap', () => {
  it.each([
    [50, 5, 1_000, 50],
    [50, 5, 600, 30],
    [50, 5, 199, 10],
    [50, 5, 0, 10],
    [4, 5, 1_000, 4],
    [0, 5, 1_000, 0],
    [50, 0, 1_000, 10],
    [500, 5, 659, 32],
  ])('allows, of %i a run and %i %% of %i pages, %i', (writesPerRun, writesPercent, walkedPages, expected) => {
    expect(writeCap({ writesPerRun, writesPercent, walkedPages })).toBe(expected);
  });
});
