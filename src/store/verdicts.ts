import { sql } from './sql.ts';
import type { StatedMark } from '../domain/attestation.ts';
import type { FreshBecause } from '../domain/freshness.ts';
import type { HumanVersion } from '../domain/human-version.ts';
import type { RuleSettings } from '../domain/page-settings.ts';
import { batch, list } from './batch.ts';
import type { TenantTx } from './db.ts';

/** The rules and options of these profiles, by their ids. */
export async function readProfiles(
  tx: TenantTx,
  profileIds: readonly string[],
): Promise<ReadonlyMap<string, RuleSettings>> {
  const rows = await tx.rows<{ profileId: string; rules: RuleSettings }>(sql`
    select profile_id as "profileId", rules from rule_profile
    where tenant_id = ${tx.tenantId} and profile_id = any(${list(profileIds)})`);
  return new Map(rows.map(({ profileId, rules }) => [profileId, rules]));
}

/** What the settings make of a page. */
export interface PageVerdict {
  readonly isRunbook: boolean;
  readonly exempt: boolean;
  readonly profileId: string;
}

/** The rules and options that hold for some pages. */
export interface Profile {
  readonly profileId: string;
  readonly rules: object;
}

/** Saves which resolved options hold for each page, and what they make of it. */
export async function saveProfiles(
  tx: TenantTx,
  { profiles, pages }: { profiles: readonly Profile[]; pages: readonly (PageVerdict & { readonly pageId: string })[] },
): Promise<void> {
  await tx.rows(sql`
    insert into rule_profile (tenant_id, profile_id, rules)
    select ${tx.tenantId}, x."profileId", x.rules
    from jsonb_to_recordset(${batch(profiles)}) as x("profileId" text, rules jsonb)
    on conflict (tenant_id, profile_id) do update set rules = excluded.rules where rule_profile.rules <> excluded.rules`);
  if (pages.length === 0) return;
  await tx.rows(sql`
    update page p set profile_id = x."profileId", is_runbook = x."isRunbook", exempt = x.exempt
    from jsonb_to_recordset(${batch(pages)}) as x("pageId" text, "profileId" text,
      "isRunbook" boolean, exempt boolean)
    where p.tenant_id = ${tx.tenantId} and p.page_id = x."pageId"
      and (p.profile_id, p.is_runbook, p.exempt) is distinct from (x."profileId", x."isRunbook", x.exempt)`);
}

/** Saves the newest version that counts for the clock, so that it need not be read again. */
export async function saveHumanVersions(
  tx: TenantTx,
  rows: readonly { readonly pageId: string; readonly human: HumanVersion }[],
): Promise<void> {
  await tx.rows(sql`
    update page p set human_version = x.human
    from jsonb_to_recordset(${batch(rows)}) as x("pageId" text, human jsonb)
    where p.tenant_id = ${tx.tenantId} and p.page_id = x."pageId" and p.human_version is distinct from x.human`);
}

/** Saves what content property and status of a page attest. */
export async function saveMarks(
  tx: TenantTx,
  { pageId, marks }: { pageId: string; marks: readonly StatedMark[] },
): Promise<void> {
  await tx.rows(sql`
    update page set marks = ${JSON.stringify(marks)}::jsonb
    where tenant_id = ${tx.tenantId} and page_id = ${pageId} and marks is distinct from ${JSON.stringify(marks)}::jsonb`);
}

/** Saves what each page's clock counts from; null where nothing is known. */
export async function saveFreshness(
  tx: TenantTx,
  rows: readonly { readonly pageId: string; readonly at: string | null; readonly because: FreshBecause | null }[],
): Promise<void> {
  await tx.rows(sql`
    update page p set fresh_at = x.at, fresh_because = x.because
    from jsonb_to_recordset(${batch(rows)}) as x("pageId" text, at timestamptz, because text)
    where p.tenant_id = ${tx.tenantId} and p.page_id = x."pageId"
      and (p.fresh_at, p.fresh_because) is distinct from (x.at, x.because)`);
}
