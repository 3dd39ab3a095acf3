import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type OwnedLabel,
  type PlannedWrite,
  planLabels,
  type PlanFinding,
  type PlanInput,
  writeCap,
} from '../../src/domain/label-plan.ts';
import { rank, SEVERITIES } from '../../src/domain/severity.ts';

const PREFIX = 'docaudit-';
const pageId = fc.integer({ min: 1, max: 12 }).map(String);
const label = fc.constantFrom('docaudit-stale', 'docaudit-unreadable');
const severity = fc.constantFrom(...SEVERITIES);
const instant = fc.integer({ min: 0, max: 1_000 }).map((hours) => new Date(hours * 3_600_000).toISOString());
const key = ({ pageId: id, label: name }: { pageId: string; label: string }) => `${id} ${name}`;

const finding: fc.Arbitrary<PlanFinding> = fc.record({
  findingId: fc.uuid(),
  pageId,
  ruleId: fc.constantFrom('stale-runbook', 'unreadable-runbook'),
  status: fc.constantFrom('fail', 'warn'),
  severity,
  firstSeenAt: instant,
});
const owned: fc.Arbitrary<OwnedLabel> = fc.record({ pageId, label, severity, addedAt: instant });
const page = fc.record({
  labels: fc.array(fc.oneof(label, fc.constantFrom('runbook', 'docaudit-mine'))).map((names) => new Set(names)),
  version: fc.nat(9),
});

const input: fc.Arbitrary<PlanInput> = fc.record({
  findings: fc.array(finding, { maxLength: 30 }),
  actions: fc.array(
    fc.record({
      match: fc.record(
        { rule: fc.constantFrom('stale-runbook', 'unreadable-runbook'), status: fc.constant('fail' as const) },
        { requiredKeys: [] },
      ),
      label,
    }),
    { maxLength: 3 },
  ),
  pages: fc.uniqueArray(fc.tuple(pageId, page), { selector: ([id]) => id }).map((entries) => new Map(entries)),
  owned: fc.uniqueArray(owned, { selector: key }),
  suppressed: fc.array(fc.record({ pageId, label }), { maxLength: 3 }),
  limits: fc.record({ writesPerRun: fc.nat(40), writesPercent: fc.nat(100), walkedPages: fc.nat(200) }),
  prefix: fc.constant(PREFIX),
});

/** What site and ledger look like once a plan was carried out. */
function apply(before: PlanInput, writes: readonly PlannedWrite[]): PlanInput {
  const pages = new Map(
    [...before.pages].map(([id, { labels, version }]) => [id, { labels: new Set(labels), version }]),
  );
  const ledger = new Map(before.owned.map((entry) => [key(entry), entry]));
  for (const write of writes) {
    if (write.kind === 'add') {
      pages.get(write.pageId)?.labels.add(write.label);
      ledger.set(key(write), {
        pageId: write.pageId,
        label: write.label,
        severity: write.severity,
        addedAt: write.since,
      });
    } else {
      pages.get(write.pageId)?.labels.delete(write.label);
      ledger.delete(key(write));
    }
  }
  return { ...before, pages, owned: [...ledger.values()] };
}

const holds = (predicate: (given: PlanInput) => void) => fc.assert(fc.property(input, predicate), { numRuns: 400 });

describe('whatever it is given, a label plan', () => {
  it('takes off only labels that we added, and adds none that is there', () => {
    holds((given) => {
      const ours = new Set(given.owned.map(key));
      const { writes, deferred } = planLabels(given);
      for (const write of [...writes, ...deferred]) {
        const present = given.pages.get(write.pageId)?.labels.has(write.label);
        expect(write.label.startsWith(PREFIX)).toBe(true);
        expect(present).toBe(write.kind === 'remove');
        expect(ours.has(key(write)) || write.kind === 'add').toBe(true);
      }
    });
  });

  it('leaves every label of other people where it was', () => {
    holds((given) => {
      const ours = new Set(given.owned.map(key));
      const after = apply(given, planLabels(given).writes);
      const theirs = [...given.pages].flatMap(([id, { labels }]) =>
        [...labels].filter((name) => !ours.has(key({ pageId: id, label: name }))).map((name) => [id, name] as const),
      );
      expect(theirs.filter(([id, name]) => !after.pages.get(id)?.labels.has(name))).toEqual([]);
    });
  });

  it('never writes more than the cap, and defers only what is no more urgent', () => {
    holds((given) => {
      const { writes, deferred } = planLabels(given);
      expect(writes.length).toBeLessThanOrEqual(writeCap(given.limits));
      expect(deferred.length === 0 || writes.length === writeCap(given.limits)).toBe(true);
      const worstLeft = Math.min(...deferred.map((write) => rank(write.severity)));
      for (const write of writes) expect(rank(write.severity)).toBeLessThanOrEqual(worstLeft);
    });
  });

  it('plans no label of a page twice', () => {
    holds((given) => {
      const { writes, deferred } = planLabels(given);
      const keys = [...writes, ...deferred].map(key);
      expect(new Set(keys).size).toBe(keys.length);
    });
  });

  it('is done after being carried out: the next plan holds exactly what was deferred', () => {
    holds((given) => {
      const { writes, deferred } = planLabels(given);
      const next = planLabels(apply(given, writes));
      expect([...next.writes, ...next.deferred]).toEqual(deferred);
      const uncapped = { ...given, limits: { writesPerRun: 1_000, writesPercent: 100, walkedPages: 1_000 } };
      expect(planLabels(apply(uncapped, planLabels(uncapped).writes))).toMatchObject({ writes: [], deferred: [] });
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
      expect(planLabels(turned).writes).toEqual(planLabels(given).writes);
    });
  });
});
