import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/domain/ladder.ts';
import { planWrites } from '../../src/domain/write-plan.ts';
import type { OwnedMark, PlanFinding, PlanInput, PlanNote, PlanPage } from '../../src/domain/write-plan-input.ts';
import { writeCap } from '../../src/domain/write-bounds.ts';

const STALE = 'docaudit-stale';
const NOW = new Date('2027-06-01T00:00:00.000Z');
const labels = (partial: Partial<Action['match']> = {}, label = STALE): Action => ({
  name: 'label',
  match: { rules: ['stale-runbook'], statuses: ['fail'], ...partial },
  steps: [{ kind: 'label', label, afterMs: 0, approval: false }],
  writesPerRun: null,
});
const finding = (pageId: string, partial: Partial<PlanFinding> = {}): PlanFinding => ({
  findingId: `f-${pageId}`,
  pageId,
  ruleId: 'stale-runbook',
  status: 'fail',
  severity: 'high',
  openSince: '2027-01-01T00:00:00.000Z',
  changedAt: '2027-01-01T00:00:00.000Z',
  reason: 'It is old.',
  ...partial,
});
const owned = (pageId: string, partial: Partial<OwnedMark> = {}): OwnedMark => ({
  kind: 'label',
  pageId,
  mark: STALE,
  severity: 'high',
  findingId: `f-${pageId}`,
  ruleId: 'stale-runbook',
  actionName: 'label',
  addedAt: '2027-01-02T00:00:00.000Z',
  writtenAt: '2027-01-02T00:00:00.000Z',
  content: null,
  remoteId: null,
  remoteVersion: null,
  ...partial,
});
const page = (names: readonly string[], partial: Partial<PlanPage> = {}): PlanPage => ({
  labels: new Set(names),
  version: 3,
  spaceKey: 'OPS',
  ownerAccountId: null,
  keptBecause: null,
  ...partial,
});
const pages = (all: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, PlanPage> =>
  new Map(Object.entries(all).map(([id, names]) => [id, page(names)]));
const note = (kind: PlanNote['kind'], pageId = '1') => ({ pageId, mark: STALE, kind });

const LIMITS = { writesPerRun: 50, writesPercent: 5, writesPerSpace: 50, walkedPages: 1_000 };
const plan = (partial: Partial<PlanInput>) =>
  planWrites({
    now: NOW,
    findings: [],
    actions: [labels()],
    pages: new Map(),
    owned: [],
    suppressed: [],
    kept: [],
    limits: LIMITS,
    prefix: 'docaudit-',
    archiveRefused: null,
    words: { exemptLabel: 'docaudit-exempt' },
    ...partial,
  });
const brief = (writes: ReturnType<typeof planWrites>['writes']) =>
  writes.map(({ action, pageId }) => `${action} ${pageId}`);

describe('planWrites', () => {
  it('adds the label of an action to a page with such a finding', () => {
    expect(plan({ findings: [finding('1')], pages: pages({ '1': ['runbook'] }) })).toEqual({
      writes: [
        {
          action: 'add-label',
          pageId: '1',
          mark: STALE,
          content: null,
          remoteId: null,
          remoteVersion: null,
          pageVersion: 3,
          spaceKey: 'OPS',
          findingId: 'f-1',
          ruleId: 'stale-runbook',
          actionName: 'label',
          severity: 'high',
          since: '2027-01-01T00:00:00.000Z',
          dueAt: '2027-01-01T00:00:00.000Z',
          needsApproval: false,
          reason: 'It is old.',
        },
      ],
      deferred: [],
      notes: [],
    });
  });

  it.each<[string, Partial<Action['match']>, Partial<PlanFinding>, boolean]>([
    ['another rule', {}, { ruleId: 'stale-page' }, false],
    ['one rule of a list', { rules: ['stale-page', 'stale-runbook'] }, {}, true],
    ['another status', {}, { status: 'warn' }, false],
    ['one status of a list', { statuses: ['fail', 'warn'] }, { status: 'warn' }, true],
  ])('matches %s', (_, match, partial, expected) => {
    const { writes } = plan({ findings: [finding('1', partial)], actions: [labels(match)], pages: pages({ '1': [] }) });
    expect(writes).toHaveLength(expected ? 1 : 0);
  });

  it('leaves a label alone that somebody else put there, whether a finding asks for it or not', () => {
    const mixed = pages({ '1': [STALE], '2': [STALE] });
    expect(plan({ findings: [finding('1')], pages: mixed })).toEqual({
      writes: [],
      deferred: [],
      notes: [note('already-there')],
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
        action: 'remove-label',
        pageId: '1',
        mark: STALE,
        findingId: 'f-1',
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
    expect(plan(gone)).toMatchObject({ writes: [{ action: 'add-label', pageId: '1' }], notes: [note('taken-off')] });
    expect(plan({ ...gone, suppressed: [{ kind: 'label', pageId: '1', mark: STALE, until: null }] })).toMatchObject({
      writes: [],
      notes: [note('suppressed'), note('taken-off')],
    });
  });

  it('has nothing to take off where the label is gone already', () => {
    expect(plan({ pages: pages({ '1': [] }), owned: [owned('1')] })).toEqual({
      writes: [],
      deferred: [],
      notes: [note('taken-off')],
    });
  });

  it('does not touch labels of an earlier prefix', () => {
    const old = owned('1', { mark: 'old-stale' });
    expect(plan({ pages: pages({ '1': ['old-stale'] }), owned: [old] }).writes).toEqual([]);
  });

  it('refuses an action whose label does not begin with the prefix', () => {
    expect(() => plan({ actions: [labels({}, 'stale')] })).toThrow(expect.objectContaining({ code: 'config-invalid' }));
  });

  it('writes a label once that several findings ask for, in the name of the worst and oldest', () => {
    const findings = [
      finding('1', { findingId: 'a', ruleId: 'x', severity: 'low' }),
      finding('1', { findingId: 'b', severity: 'critical', openSince: '2027-02-01T00:00:00Z' }),
      finding('1', { findingId: 'c', severity: 'critical', openSince: '2027-01-31T00:00:00.500Z' }),
    ];
    expect(
      plan({ findings, actions: [labels({ rules: ['x', 'stale-runbook'] })], pages: pages({ '1': [] }) }).writes,
    ).toMatchObject([{ findingId: 'c', severity: 'critical' }]);
  });

  it('orders by severity, then removals, then age, and defers the rest in that order', () => {
    const findings = [
      finding('1', { openSince: '2027-01-05T00:00:00Z' }),
      finding('2', { openSince: '2027-01-04T00:00:00Z' }),
      finding('3', { severity: 'critical', openSince: '2027-03-01T00:00:00Z' }),
      finding('6', { severity: 'low', openSince: '2026-01-01T00:00:00Z' }),
    ];
    const ours = [owned('4'), owned('5', { severity: 'low' })];
    const site = pages({ '1': [], '2': [], '3': [], '4': [STALE], '5': [STALE], '6': [] });
    const limits = { ...LIMITS, writesPerRun: 4 };
    const { writes, deferred } = plan({ findings, owned: ours, pages: site, limits });
    expect(brief(writes)).toEqual(['add-label 3', 'remove-label 4', 'add-label 2', 'add-label 1']);
    expect(brief(deferred)).toEqual(['remove-label 5', 'add-label 6']);
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
