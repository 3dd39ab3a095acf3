import { type SQL, sql } from 'drizzle-orm/sql';
import type { Severity } from '../domain/severity.ts';
import type { Store } from './db.ts';
import { REPORT_PARTS, TENANTS } from './report-parts.ts';

/** A tenant as the whole report shows it: health, score and what waits. Days and moments are ISO 8601 in UTC. */
export interface TenantLine {
  readonly id: string;
  readonly site: string;
  readonly enabled: boolean;
  readonly outcome: string | null;
  readonly reason: string | null;
  /** When its latest run that was not skipped ended: what ages count to. Null before the first. */
  readonly asOf: string | null;
  readonly lastSuccessAt: string | null;
  readonly nextRunAt: string | null;
  readonly missedRuns: number;
  readonly coverage: number | null;
  readonly tokenExpiresAt: string | null;
  readonly pages: number;
  readonly runbooks: number;
  readonly healthy: number;
  readonly share: number | null;
  readonly shareThen: number | null;
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly info: number;
  readonly fresh: number;
  readonly unjudged: number;
  readonly muted: number;
  readonly planned: number;
}

export interface SpaceLine {
  readonly tenantId: string;
  readonly key: string;
  readonly state: string | null;
  readonly pagesSeen: number;
  readonly pagesLastTime: number;
  readonly degraded: number;
  readonly missing: number;
  readonly excludedBecause: string | null;
  readonly howKnown: string | null;
  readonly listedAt: string | null;
  readonly runbooks: number;
  readonly healthy: number;
  readonly share: number | null;
  readonly shareThen: number | null;
}

/** Open findings of one rule and severity in one space; without a space where they are about none. */
export interface FindingCount {
  readonly tenantId: string;
  readonly space: string | null;
  readonly rule: string;
  readonly severity: Severity;
  readonly open: number;
}

export interface OwnerLine {
  readonly tenantId: string;
  readonly ownerId: string | null;
  readonly name: string | null;
  readonly severity: Severity;
  readonly open: number;
}

export interface Listed {
  readonly id: string;
  readonly tenantId: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly status: string;
  readonly confidence: string;
  readonly reason: string;
  readonly remediation: string;
  readonly space: string | null;
  readonly title: string | null;
  readonly url: string | null;
  readonly subject: string;
  readonly ownerId: string | null;
  readonly owner: string | null;
  readonly since: string;
}

export interface TrendPoint {
  /** Null for the whole fleet. */
  readonly tenantId: string | null;
  readonly day: string;
  readonly severity: Severity;
  readonly open: number;
}

/** Runbooks by days since somebody last made sure of them, as of the tenant's latest run; bucket null: not known. */
export interface AgeCount {
  readonly tenantId: string;
  readonly bucket: number | null;
  readonly runbooks: number;
}

interface UnjudgedLine {
  readonly tenantId: string;
  readonly rule: string;
  readonly status: string;
  readonly reason: string;
  readonly subjects: number;
  readonly title: string | null;
  readonly url: string | null;
}

interface MutedLine {
  readonly tenantId: string;
  readonly reason: string;
  readonly by: string;
  readonly until: string;
  readonly findings: number;
}

interface RunLine {
  readonly tenantId: string;
  readonly startedAt: string;
  readonly outcome: string;
  readonly reason: string | null;
}

/** All that the whole report says, of one moment. */
export interface ReportContent {
  readonly tenants: readonly TenantLine[];
  /** The tenants with a page of their own, the worst first; the rest stands in the table alone. */
  readonly chosen: readonly string[];
  readonly spaces: readonly SpaceLine[];
  readonly counts: readonly FindingCount[];
  /** Of all tenants. */
  readonly fleetCounts: readonly Omit<FindingCount, 'tenantId' | 'space'>[];
  readonly owners: readonly OwnerLine[];
  readonly findings: readonly Listed[];
  readonly trend: readonly TrendPoint[];
  readonly ages: readonly AgeCount[];
  readonly unjudged: readonly UnjudgedLine[];
  readonly muted: readonly MutedLine[];
  readonly runs: readonly RunLine[];
}

/** From which age in days each bucket of `ages` begins, after the first. */
export const AGE_EDGES = [30, 90, 180, 365, 730] as const;

interface Bounds {
  /** Tenants with a page of their own. */
  readonly tenants: number;
  /** Findings that are listed one by one, the worst first; all are counted. */
  readonly findings: number;
}

/** Enough for most fleets, and what a browser opens in a second or two. */
const REPORT_BOUNDS: Bounds = { tenants: 50, findings: 10_000 };

/**
 * What the whole report says, of the fleet or of one tenant, through the fleet's door. One statement, so that every number is of the same
 * moment. Nothing in it is of today but what the views count from now (missed runs, mutes in force).
 */
export async function readReportContent(
  store: Store,
  { tenantId, bounds = REPORT_BOUNDS }: { tenantId?: string; bounds?: Bounds } = {},
): Promise<ReportContent> {
  const parts = Object.entries(REPORT_PARTS({ ...bounds, edges: AGE_EDGES, fleet: tenantId === undefined }));
  const columns = parts.map(([name, part]) => sql`${asJson(part)} as ${sql.identifier(name)}`);
  const [content] = await store.withFleet(
    (tx) =>
      tx.rows<Omit<ReportContent, 'chosen'> & { chosen: readonly { id: string }[] }>(sql`
        with tenant as materialized (${TENANTS}), chosen as materialized (
          select id from tenant
          order by critical desc, high desc, medium desc, low desc, id limit ${bounds.tenants}
        ), moment as materialized (select max("asOf") as at from tenant)
        select ${sql.join(columns, sql`, `)}`),
    tenantId === undefined ? {} : { tenantId },
  );
  if (content === undefined) throw new Error('The report has no row.');
  return { ...content, chosen: content.chosen.map(({ id }) => id) };
}

const asJson = (part: SQL): SQL => sql`(select coalesce(json_agg(part), '[]'::json) from (${part}) as part)`;
