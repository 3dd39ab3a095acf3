import { type Stage, wikiFor } from './stage.ts';
import { templateIn } from './invariants/writes.ts';
import { OUR_LABEL } from './wiki.ts';

/** What a tenant's nights came to, as lines without times, runs and ids of ours. */
export interface Knowledge {
  /** Pages and open findings. */
  readonly audited: readonly string[];
  /** What is ours on the site, and by the ledger; and where each page is. */
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
    `select page_id, action, mark from audit.page_write
     where tenant_id = $1 and action in ('add-label', 'add-property', 'add-comment') and state = 'done' and undone_at is null
     order by page_id, action, mark`,
  );
  const { world, auditor } = wikiFor(stage, tenant);
  const onSite = [...world.contents.values()].flatMap(({ id, labels }) =>
    [...labels.keys()].filter((key) => key.endsWith(OUR_LABEL)).map((key) => `label ${id} ${key}`),
  );
  const properties = [...world.contents.values()].flatMap((page) =>
    [...page.properties].flatMap(([key, { by }]) => (by === auditor ? `property ${page.id} ${key}` : [])),
  );
  // What a comment tells of days may be another day's; whether it asks or is settled may not.
  const comments = [...world.comments.values()].flatMap(({ containerId, authorId, body }) =>
    authorId === auditor
      ? `comment ${containerId} ${templateIn(body)} ${/settled/.test(body) ? 'settled' : 'asks'}`
      : [],
  );
  const places = [...world.contents.values()].map(({ id, status }) => `page ${id} ${status}`);
  return {
    audited: [...pages, ...findings],
    written: [...owned, ...onSite, ...properties, ...comments.toSorted(), ...places],
  };
}
