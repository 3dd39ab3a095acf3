import { sql } from 'drizzle-orm';
import type { FreshBecause } from '../domain/freshness.ts';
import type { Version } from '../domain/inventory.ts';
import { batch } from './batch.ts';
import type { TenantTx } from './db.ts';

/** Saves which resolved options hold for each page, and what they make of it. */
export async function saveProfiles(
  tx: TenantTx,
  {
    profiles,
    pages,
  }: {
    profiles: readonly { readonly profileId: string; readonly rules: object }[];
    pages: readonly {
      readonly pageId: string;
      readonly profileId: string;
      readonly isRunbook: boolean;
      readonly exempt: boolean;
    }[];
  },
): Promise<void> {
  await tx.rows(sql`
    insert into rule_profile (tenant_id, profile_id, rules)
    select ${tx.tenantId}, x."profileId", x.rules
    from jsonb_to_recordset(${batch(profiles)}) as x("profileId" text, rules jsonb)
    on conflict (tenant_id, profile_id) do update set rules = excluded.rules where rule_profile.rules <> excluded.rules`);
  await tx.rows(sql`
    update page p set profile_id = x."profileId", is_runbook = x."isRunbook", exempt = x.exempt
    from jsonb_to_recordset(${batch(pages)}) as x("pageId" text collate "C", "profileId" text collate "C",
      "isRunbook" boolean, exempt boolean)
    where p.tenant_id = ${tx.tenantId} and p.page_id = x."pageId"
      and (p.profile_id, p.is_runbook, p.exempt) is distinct from (x."profileId", x."isRunbook", x.exempt)`);
}

/** Saves the last version that a person made, as worked out for one version of the page (null: there is none). */
export async function saveHumanVersions(
  tx: TenantTx,
  rows: readonly { readonly pageId: string; readonly ofVersion: number; readonly humanVersion: Version | null }[],
): Promise<void> {
  await tx.rows(sql`
    update page p set human_version = nullif(x."humanVersion", 'null'::jsonb), human_of_version = x."ofVersion"
    from jsonb_to_recordset(${batch(rows)}) as x("pageId" text collate "C", "ofVersion" integer, "humanVersion" jsonb)
    where p.tenant_id = ${tx.tenantId} and p.page_id = x."pageId"
      and (p.human_version, p.human_of_version) is distinct from (nullif(x."humanVersion", 'null'::jsonb), x."ofVersion")`);
}

/** Saves what each page's clock counts from; null where nothing is known. */
export async function saveFreshness(
  tx: TenantTx,
  rows: readonly { readonly pageId: string; readonly at: string | null; readonly because: FreshBecause | null }[],
): Promise<void> {
  await tx.rows(sql`
    update page p set fresh_at = x.at, fresh_because = x.because
    from jsonb_to_recordset(${batch(rows)}) as x("pageId" text collate "C", at timestamptz, because text collate "C")
    where p.tenant_id = ${tx.tenantId} and p.page_id = x."pageId"
      and (p.fresh_at, p.fresh_because) is distinct from (x.at, x.because)`);
}
