import { sql } from './sql.ts';
import type { AlertEvent, AlertFinding, AlertMute, AlertRun, Digest } from '../domain/alert.ts';
import { type EndedRun, runStory } from '../domain/run-story.ts';
import { countChanges, type Interest, listChanges } from './alert-changes.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';

/** So many of each kind; the reports have all. */
const MOST = 20;
/** As `report.expiring_mutes` sees it. */
const MUTE_NOTICE = sql.raw(`interval '14 days'`);

interface About {
  readonly alertId: string;
  readonly runIds: readonly string[];
  /** `''` for everybody. */
  readonly owner: string;
}

/** What these runs have to tell a receiver, as it stands now. */
export async function composeDigest(
  tx: TenantTx,
  { alertId, runIds, owner }: About,
  interest: Interest,
): Promise<Digest> {
  const counts = await countChanges(tx, runIds, interest);
  const rows = await listChanges(tx, runIds, interest, { owner, most: MOST });
  const of = (kind: AlertEvent) => rows.filter((row) => row.kind === kind).map(findingOf);
  const cut = (kind: AlertEvent) => ({
    count: counts.find((each) => each.owner === owner && each.kind === kind)?.count ?? 0,
    shown: of(kind),
  });
  const everybody = owner === '';
  const mutes = everybody && interest.on.includes('mute-expiring') ? await expiringMutes(tx, runIds) : [];
  const [about] = await tx.rows<{ site: string; at: string }>(
    sql`select site, ${tx.now} as at from tenant where tenant_id = ${tx.tenantId}`,
  );
  return {
    id: alertId,
    tenantId: tx.tenantId,
    site: about?.site ?? '',
    ownerAccountId: everybody ? null : owner,
    composedAt: about?.at ?? '',
    run: everybody ? await storyOf(tx, runIds, interest.on) : null,
    newFindings: cut('new'),
    resolvedFindings: cut('resolved'),
    missedNights: of('tenant-missed'),
    expiringTokens: of('token-expiring'),
    expiringMutes: { count: mutes.length, shown: mutes.slice(0, MOST) },
  };
}

const findingOf = ({ findingId, ruleId, severity, pageTitle, pageUrl, spaceKey, ownerName, reason }: AlertFinding) => ({
  findingId,
  ruleId,
  severity,
  pageTitle,
  pageUrl,
  spaceKey,
  ownerName,
  reason,
});

/** How the latest of these runs ended, where that differs from how the run before them did. Nights without a run are told otherwise. */
export async function storyOf(
  tx: TenantTx,
  runIds: readonly string[],
  on: readonly AlertEvent[],
): Promise<AlertRun | null> {
  const runs = await tx.rows<EndedRun & { told: boolean }>(sql`
    with ended as (
      select r.*, r.run_id = any(${list(runIds)}) as told from run r
      where r.tenant_id = ${tx.tenantId} and r.job = 'audit' and r.finished_at is not null and r.outcome <> 'skipped' and r.lease_owner <> ''
    )
    (select outcome, reason, detail, finished_at as at, told from ended where told order by finished_at desc, run_id desc limit 1)
    union all
    (select outcome, reason, detail, finished_at, told from ended
     where not told and finished_at <= (select min(finished_at) from ended where told)
     order by finished_at desc, run_id desc limit 1)`);
  const latest = runs.find(({ told }) => told);
  return latest === undefined ? null : runStory(runs.find(({ told }) => !told) ?? null, latest, on);
}

/** The mutes that came within two weeks of their end since the run before these; each is told once. */
export const expiringMutes = (tx: TenantTx, runIds: readonly string[]): Promise<AlertMute[]> =>
  tx.rows<AlertMute>(sql`
    with told as (
      select min(finished_at) as first, max(finished_at) as last from run where tenant_id = ${tx.tenantId} and run_id = any(${list(runIds)})
    ), since as (
      select max(r.finished_at) as at from run r, told
      where r.tenant_id = ${tx.tenantId} and r.job = 'audit' and r.outcome <> 'skipped' and r.finished_at <= told.first and r.run_id <> all(${list(runIds)})
    )
    select m.reason, m.muted_by as "mutedBy", m.expires_at as "expiresAt", count(*)::int as findings
    from mute m cross join told cross join since
      join finding f on f.tenant_id = m.tenant_id and f.mute_id = m.mute_id and f.state = 'open'
    where m.tenant_id = ${tx.tenantId} and m.ended_at is null and m.expires_at > ${tx.now}
      and m.expires_at - ${MUTE_NOTICE} <= told.last and m.expires_at - ${MUTE_NOTICE} > coalesce(since.at, '-infinity')
    group by m.mute_id, m.reason, m.muted_by, m.expires_at order by m.expires_at, m.mute_id`);
