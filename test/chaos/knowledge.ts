import { type Stage, wikiFor } from './stage.ts';
import { OUR_LABEL } from './wiki.ts';

/** What a tenant's nights came to, as lines without times, runs and ids of ours. */
export interface Knowledge {
  /** Pages and open findings. */
  readonly audited: readonly string[];
  /** Labels on the site, and those that are ours by the ledger. */
  readonly written: readonly string[];
}

/** What is known of a tenant now. */
export async function knowledgeOf(stage: Stage, tenant: string): Promise<Knowledge> {
  const lines = async (kind: string, text: string): Promise<string[]> =>
    (await stage.theatre.superuser(text, [tenant])).map((row) => `${kind} ${JSON.stringify(Object.values(row))}`);
  const pages = await lines(
    'page',
    `select page_id, space_id, title, parent_id, version_number, is_runbook, exempt,
       case when is_runbook and not exempt then fresh_at::text end, case when is_runbook and not exempt then fresh_because end
     from audit.page where tenant_id = $1 and gone_at is null and content_type = 'page' order by page_id`,
  );
  const findings = await lines(
    'finding',
    `select rule_id, page_id, subject_id, status, severity, reason from audit.finding
     where tenant_id = $1 and state = 'open' order by rule_id, page_id, subject_id, reason`,
  );
  const owned = await lines(
    'owned',
    `select page_id, mark as label from audit.page_write
     where tenant_id = $1 and action = 'add-label' and state = 'done' and undone_at is null order by page_id, mark`,
  );
  const { world } = wikiFor(stage, tenant);
  const onSite = [...world.contents.values()].flatMap(({ id, labels }) =>
    [...labels.keys()].filter((key) => key.endsWith(OUR_LABEL)).map((key) => `label ${id} ${key}`),
  );
  return { audited: [...pages, ...findings], written: [...owned, ...onSite] };
}
