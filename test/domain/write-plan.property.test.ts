import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/domain/ladder.ts';
import { rank, SEVERITIES } from '../../src/domain/severity.ts';
import { kindOf, markKey } from '../../src/domain/write-action.ts';
import { writeCap } from '../../src/domain/write-bounds.ts';
import { planWrites } from '../../src/domain/write-plan.ts';
import type { OwnedMark, PlanFinding, PlanInput, PlannedWrite } from '../../src/domain/write-plan-input.ts';

const PREFIX = 'docaudit-';
const pageId = fc.integer({ min: 1, max: 12 }).map(String);
const mark = fc.constantFrom('docaudit-stale', 'docaudit-unreadable');
const severity = fc.constantFrom(...SEVERITIES);
const instant = fc.integer({ min: 0, max: 1_000 }).map((hours) => new Date(hours * 3_600_000).toISOString());
const kind = fc.constant('label' as const);
const key = (write: PlannedWrite) => markKey({ ...write, kind: kindOf(write.action) });

const finding: fc.Arbitrary<PlanFinding> = fc.record({
  findingId: fc.uuid(),
  pageId,
  ruleId: fc.constantFrom('stale-runbook', 'unreadable-runbook'),
  status: fc.constantFrom('fail', 'warn'),
  severity,
  openSince: instant,
  changedAt: instant,
  reason: fc.constant('It is old.'),
});
const owned: fc.Arbitrary<OwnedMark> = fc.record({
  kind,
  pageId,
  mark,
  severity,
  findingId: fc.constant('f'),
  ruleId: fc.constant('stale-runbook'),
  actionName: fc.constant('docaudit-stale'),
  addedAt: instant,
  writtenAt: instant,
  content: fc.constant(null),
  remoteId: fc.constant(null),
  remoteVersion: fc.constant(null),
});
const page = fc.record({
  labels: fc.array(fc.oneof(mark, fc.constantFrom('runbook', 'docaudit-mine'))).map((names) => new Set(names)),
  version: fc.nat(9),
  spaceKey: fc.constantFrom('OPS', 'DEV'),
  ownerAccountId: fc.constant(null),
  keptBecause: fc.constant(null),
});
const action: fc.Arbitrary<Action> = fc
  .record({ rule: fc.constantFrom('stale-runbook', 'unreadable-runbook'), label: mark })
  .map(({ rule, label }) => ({
    name: label,
    match: { rules: [rule], statuses: ['fail', 'warn'] },
    steps: [{ kind: 'label', label, afterMs: 0, approval: false }],
    writesPerRun: null,
  }));

const input: fc.Arbitrary<PlanInput> = fc.record({
  now: fc.constant(new Date('2027-06-01T00:00:00Z')),
  findings: fc.uniqueArray(finding, { maxLength: 30, selector: ({ findingId }) => findingId }),
  actions: fc.array(action, { maxLength: 3 }),
  pages: fc.uniqueArray(fc.tuple(pageId, page), { selector: ([id]) => id }).map((entries) => new Map(entries)),
  owned: fc.uniqueArray(owned, { selector: markKey }),
  suppressed: fc.array(fc.record({ kind, pageId, mark, until: fc.option(instant) }), { maxLength: 3 }),
  kept: fc.array(fc.record({ kind, pageId, mark }), { maxLength: 3 }),
  limits: fc.record({
    writesPerRun: fc.nat(40),
    writesPercent: fc.nat(100),
    writesPerSpace: fc.constant(1_000),
    walkedPages: fc.nat(200),
  }),
  prefix: fc.constant(PREFIX),
  archiveRefused: fc.constant(null),
  words: fc.constant({ exemptLabel: null }),
});

/** What site and ledger look like once a plan was carried out. */
function apply(before: PlanInput, writes: readonly PlannedWrite[]): PlanInput {
  const pages = new Map([...before.pages].map(([id, one]) => [id, { ...one, labels: new Set(one.labels) }]));
  const ledger = new Map(before.owned.map((entry) => [markKey(entry), entry]));
  for (const write of writes) {
    if (write.action === 'add-label') {
      pages.get(write.pageId)?.labels.add(write.mark);
      ledger.set(key(write), { ...write, kind: 'label', addedAt: write.since, writtenAt: write.since });
    } else {
      pages.get(write.pageId)?.labels.delete(write.mark);
      ledger.delete(key(write));
    }
  }
  return { ...before, pages, owned: [...ledger.values()] };
}

const holds = (predicate: (given: PlanInput) => void) => fc.assert(fc.property(input, predicate), { numRuns: 400 });

describe('whatever it is given, a plan of labels', () => {
  it('takes off only labels that we added, and adds none that is there', () => {
    holds((given) => {
      const ours = new Set(given.owned.map(markKey));
      const { writes, deferred } = planWrites(given);
      for (const write of [...writes, ...deferred]) {
        const present = given.pages.get(write.pageId)?.labels.has(write.mark);
        expect(write.mark.startsWith(PREFIX)).toBe(true);
        expect(present).toBe(write.action === 'remove-label');
        expect(ours.has(key(write)) || write.action === 'add-label').toBe(true);
      }
    });
  });

  it('leaves every label of other people where it was', () => {
    holds((given) => {
      const ours = new Set(given.owned.map(markKey));
      const after = apply(given, planWrites(given).writes);
      const theirs = [...given.pages].flatMap(([id, { labels }]) =>
        [...labels]
          .filter((name) => !ours.has(markKey({ kind: 'label', pageId: id, mark: name })))
          .map((name) => [id, name] as const),
      );
      expect(theirs.filter(([id, name]) => !after.pages.get(id)?.labels.has(name))).toEqual([]);
    });
  });

  it('never writes more than the cap, and defers only what is no more urgent', () => {
    holds((given) => {
      const { writes, deferred } = planWrites(given);
      expect(writes.length).toBeLessThanOrEqual(writeCap(given.limits));
      expect(deferred.length === 0 || writes.length === writeCap(given.limits)).toBe(true);
      const worstLeft = Math.min(...deferred.map((write) => rank(write.severity)));
      for (const write of writes) expect(rank(write.severity)).toBeLessThanOrEqual(worstLeft);
    });
  });

  it('plans no label of a page twice', () => {
    holds((given) => {
      const { writes, deferred } = planWrites(given);
      const keys = [...writes, ...deferred].map(key);
      expect(new Set(keys).size).toBe(keys.length);
    });
  });

  it('is done after being carried out: the next plan holds exactly what was deferred', () => {
    holds((given) => {
      const { writes, deferred } = planWrites(given);
      const next = planWrites(apply(given, writes));
      const withoutReasons = [...next.writes, ...next.deferred].map((write) => ({
        ...write,
        deferredBecause: undefined,
      }));
      expect(withoutReasons).toEqual(deferred.map((write) => ({ ...write, deferredBecause: undefined })));
      const uncapped = {
        ...given,
        limits: { ...given.limits, writesPerRun: 1_000, writesPercent: 100, walkedPages: 1_000 },
      };
      expect(planWrites(apply(uncapped, planWrites(uncapped).writes))).toMatchObject({ writes: [], deferred: [] });
    });
  });

  it('does not depend on the order of its input', () => {
    holds((given) => {
      const turned = {
        ...given,
        findings: given.findings.toReversed(),
        owned: given.owned.toReversed(),
        actions: given.actions.toReversed(),
      };
      expect(planWrites(turned).writes).toEqual(planWrites(given).writes);
    });
  });
});
