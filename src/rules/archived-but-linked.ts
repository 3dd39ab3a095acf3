import { z } from 'zod';
import { nameOf, pageIdIn, SKIP_UNREAD, shown, UNREAD } from '../domain/link-sql.ts';
import { defineSetRule } from '../domain/rule.ts';

/**
 * Finds links and includes whose target lies in the archive or in the trash, by title and space or by the id in an address of the
 * own site. A live page of the same title in that space is what Confluence opens, so it counts first. A link that says on
 * purpose where the old text went is a finding all the same: exempt the page that is a register of the archive.
 */
export default defineSetRule({
  id: 'archived-but-linked',
  title: 'Page links to archived or deleted pages',
  why: 'Somebody decided that the target no longer holds, and the reader of this page is still sent there.',
  severity: 'medium',
  remediation: 'Point the link at what holds today, or remove it; restore the target where it is still needed.',
  explanation: [
    'A page that links to, or includes, pages in the archive or in the trash.',
    'Targets are found by title and space, or by the id in an address of the own site; a live page of the same title counts first. One finding for each page. A register that links to the archive on purpose is best exempted. Bodies not read yet: `skip`.',
  ],
  example: 'The page links to a page that readers no longer find: "Übersicht" in OPS (archived).',
  appliesTo: 'pages',
  options: z.strictObject({
    trashed: z.boolean().default(true).describe('Whether targets in the trash count too, not only archived ones.'),
  }),
  needs: ['body', 'archive'],
  sql: `
    with ${UNREAD},
    shelved as (
      select page.page_id, page.space_id, page.title, page.gone_because, lower(space.key) as space_key, space.key, ${nameOf('page.title')} as name
      from page join space using (space_id) where page.gone_because in ('archived', 'trashed')
    ),
    gone as (
      select distinct on (space_key, name) shelved.* from shelved
      where not exists (
        select 1 from page live where live.space_id = shelved.space_id and live.gone_at is null and ${nameOf('live.title')} = shelved.name)
      order by space_key, name, gone_because, page_id
    ),
    pointing as (
      select link.page_id, link.ord, gone.page_id as target_id
      from page_link link join subject using (page_id)
      join gone on gone.space_key = lower(coalesce(link.space_key, subject.space_key)) and gone.name = ${nameOf('link.title')}
      where link.kind in ('page', 'include')
      union all
      select link.page_id, link.ord, shelved.page_id
      from page_link link join subject using (page_id) join shelved on shelved.page_id = ${pageIdIn('link.url')}
      where link.kind = 'url' and (link.url like '/wiki/%' or starts_with(link.url, (select site from tenant) || '/wiki/'))
    ),
    counted as (
      select distinct on (pointing.page_id, target_id) pointing.page_id, pointing.ord, shelved.gone_because,
             '"' || ${shown('shelved.title', 100)} || '" in ' || ${shown('shelved.key', 60)}
               || case shelved.gone_because when 'archived' then ' (archived)' else ' (in the trash)' end as target
      from pointing join shelved on shelved.page_id = target_id join subject on subject.page_id = pointing.page_id
      where not exists (select 1 from unread where unread.page_id = pointing.page_id) and pointing.page_id <> target_id
        and (shelved.gone_because = 'archived' or coalesce((subject.options->>'trashed')::boolean, true))
      order by pointing.page_id, target_id, pointing.ord
    ),
    listed as (
      select page_id, count(*) as targets, (array_agg(target order by ord, target))[1:20] as names from counted group by page_id
    )
    select page_id, 'fail' as status,
           'The page links to ' || case when targets = 1 then 'a page' else targets || ' pages' end || ' that readers no longer find: '
             || array_to_string(names[1:3], ', ') || case when targets > 3 then ' and ' || (targets - 3) || ' more' else '' end || '.' as reason,
           jsonb_build_object('targets', to_jsonb(names), 'gone_pages', targets) as evidence
    from listed
    union all ${SKIP_UNREAD}
    order by page_id`,
});
