import { expect, test } from 'vitest';
import { createRandom } from '../../src/simulator/seed/random.ts';
import { FLEET } from '../../src/domain/act.ts';
import { SEVERITIES } from '../../src/domain/severity.ts';
import { saveApiCalls } from '../../src/store/api-calls.ts';
import { closeOutOfScope, resolveGone } from '../../src/store/close-findings.ts';
import { forgetCounts } from '../../src/store/counts.ts';
import type { TenantTx } from '../../src/store/db.ts';
import { type FindingInput, reconcile } from '../../src/store/findings.ts';
import { addMute, settleMutes } from '../../src/store/mutes.ts';
import { markGone, upsertPages } from '../../src/store/pages.ts';
import { dropPart } from '../../src/store/prune.ts';
import { finishRun, type Run } from '../../src/store/runs.ts';
import { sql } from '../../src/store/sql.ts';
import { setSpaceStates, upsertSpaces } from '../../src/store/spaces.ts';
import { dropStaleUnjudged, saveUnjudged } from '../../src/store/unjudged.ts';
import { saveProfiles } from '../../src/store/verdicts.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { beginRun, examplePage, exampleSpace, settableClock } from './examples.ts';

const DAY = 86_400_000;
const PAGES = Array.from({ length: 12 }, (_, n) => `p${n}`);
const SPACES = ['S1', 'S2', 'S3'];
const RULES = ['stale-runbook', 'empty-page', 'bus-factor-one'];
const COUNTED = {
  tenant_scorecard: 'tenant_id',
  space_scorecard: 'tenant_id, space_key',
  daily_trend: 'tenant_id, day, severity',
  api_usage: 'tenant_id, day',
};

type Shown = Readonly<Record<string, readonly object[]>>;

class Undone extends Error {}

async function shown(tx: TenantTx): Promise<Shown> {
  const views: Record<string, readonly object[]> = {};
  for (const [view, order] of Object.entries(COUNTED))
    views[view] = await tx.rows(sql.raw(`select * from report.${view} order by ${order}`));
  return views;
}

/** What the views show, and what they would show had nothing ever been counted. */
async function bothWays({ store }: TestDatabase, tenantId: string): Promise<{ counted: Shown; rows: Shown }> {
  let seen: { counted: Shown; rows: Shown } | null = null;
  const looked = store.withTenant(tenantId, async (tx) => {
    const counted = await shown(tx);
    await forgetCounts(tx);
    seen = { counted, rows: await shown(tx) };
    throw new Undone();
  });
  await expect(looked).rejects.toThrow(Undone);
  if (seen === null) throw new Error('Nothing was seen.');
  return seen;
}

/** Accepts all that is open. */
const acceptAll = ({ store }: TestDatabase) =>
  store.withTenant('acme', (tx) => {
    const everything = { findingId: null, rule: null, space: null, page: null, label: null };
    const mute = { ...everything, reason: 'Known.', by: 'ann', expires: '2027-06-01' };
    return addMute(tx, { mute, muteId: 'm', source: 'baseline' });
  });

/** Drops what is older than a month. */
const prune = ({ store }: TestDatabase) =>
  store.withTenant(FLEET, async (tx) => {
    for (const part of ['finding_event_rest', 'api_call_rest'])
      expect(await dropPart(tx, { part, keepDays: 30 })).toBeGreaterThan(0);
  });

eachDatabase(
  'counts',
  (open) => {
    test.each([1, 2])('say what the rows say after every night of a varied history (seed %i)', async (seed) => {
      const clock = settableClock('2026-01-01T02:00:00Z');
      const db = await open({ now: clock.now });
      const random = createRandom(`history ${seed}`);
      const some = <T>(from: readonly T[], share: number): T[] => from.filter(() => random.chance(share));
      let at = Date.now() - 100 * DAY;
      const about = (ruleId: string, pageId: string): Omit<FindingInput, 'findingId' | 'status'> => ({
        ruleId,
        pageId,
        subject: { type: 'page', id: pageId },
        severity: random.pick(SEVERITIES),
        reason: 'R.',
        evidence: {},
        confidence: 'full',
        confirm: null,
        remediation: 'R.',
        spaceId: 'S1',
        spaceKey: 'S1',
        contentType: 'page',
        pageTitle: pageId,
        pageUrl: null,
        ownerAccountId: null,
      });
      /** What an audit does to what is counted, as chance wants it. */
      const audit = async (tx: TenantTx, run: Run, night: number): Promise<void> => {
        const { runId } = run;
        await upsertSpaces(
          tx,
          SPACES.map((id) => exampleSpace({ id, key: id })),
        );
        const states = SPACES.map((spaceId) => ({
          spaceId,
          state: random.chance(0.1) ? ('excluded' as const) : ('walked' as const),
          excludedBecause: null,
          pagesSeen: 4,
          degraded: 0,
          missing: 0,
          howKnown: null,
        }));
        await setSpaceStates(tx, { runId, states });
        const pages = some(PAGES, 0.7).map((id) => examplePage({ id, spaceId: random.pick(SPACES) }));
        await upsertPages(tx, { runId, pages });
        await markGone(tx, { runId, pageIds: some(PAGES, 0.05), because: random.pick(['trashed', 'out-of-scope']) });
        await saveProfiles(tx, {
          profiles: [{ profileId: 'all', rules: Object.fromEntries(RULES.map((rule) => [rule, {}])) }],
          pages: PAGES.map((pageId) => ({
            pageId,
            profileId: 'all',
            isRunbook: random.chance(0.9),
            exempt: random.chance(0.05),
          })),
        });
        const judged = some(
          RULES.flatMap((ruleId) => PAGES.map((pageId) => ({ ruleId, pageId }))),
          0.6,
        );
        const found = some(judged, 0.3).map(({ ruleId, pageId }) => ({
          ...about(ruleId, pageId),
          findingId: `${seed}-${night}-${ruleId}-${pageId}`,
          status: 'fail' as const,
        }));
        await reconcile(
          tx,
          run,
          found,
          judged.map((pair) => ({ ...pair, closesAs: 'resolved' as const })),
        );
        await resolveGone(tx, run);
        await closeOutOfScope(tx, run, ['stale-runbook']);
        await saveUnjudged(
          tx,
          run,
          some(PAGES, 0.1).map((pageId) => ({ ...about('broken-anchor', pageId), status: 'skip' as const })),
        );
        if (random.chance(0.5)) await dropStaleUnjudged(tx, run, null);
        await settleMutes(tx, runId);
        const calls = some(PAGES, 0.8).map((id, n) => ({
          callId: `${night}-${id}`,
          // Now and then on both sides of midnight.
          at: new Date(at - n * 8 * 60_000).toISOString(),
          method: 'GET',
          endpoint: '/wiki/api/v2/pages',
          status: 200,
          attempts: 1 + random.int(3),
          waitedMs: 0,
          durationMs: 5,
          throttled: random.chance(0.2) ? 1 : 0,
          points: 1,
          requestId: null,
        }));
        await saveApiCalls(tx, run, null, calls);
      };
      const end = { outcome: 'complete', reason: null, detail: null } as const;
      for (let night = 0; night < 20; night += 1) {
        at += DAY * (1 + random.int(5)) + random.int(3 * 3_600_000);
        clock.set(new Date(at).toISOString());
        // A run that was left unfinished is taken over; one in ten writes only.
        const run = await beginRun(db.store, 'acme', {
          runId: `r${night}`,
          job: random.chance(0.1) ? 'apply' : 'audit',
        });
        await db.store.withTenant('acme', (tx) => audit(tx, run, night));
        if (random.chance(0.2)) continue;
        const counters = { points: 5, estimatedRate: random.chance(0.8) ? random.int(100) / 10 : null };
        await db.store.withTenant('acme', (tx) => finishRun(tx, run, { ...end, counters }));
        const now = await bothWays(db, 'acme');
        expect({ night, ...now.counted }).toEqual({ night, ...now.rows });
        expect(Object.values(now.counted).filter(({ length }) => length === 0)).toEqual([]);
        // Days that pass without an audit change nothing but the date.
        clock.set(new Date(at + 2 * DAY).toISOString());
        const later = await bothWays(db, 'acme');
        expect(later.counted['daily_trend']).toEqual(later.rows['daily_trend']);
        if (night === 8) await acceptAll(db);
        if (night === 15) await prune(db);
      }
    });
  },
  ['PGlite'],
);
