import { z } from 'zod';
import { isRead, nameOf, PLACE, pageIdIn, shown } from '../domain/link-sql.ts';
import { defineSetRule } from '../domain/rule.ts';

/**
 * Finds pages that no way leads to: nothing links to them or includes them, and they stand at the root of their space or below a page
 * that is gone or out of sight. Home pages and blog posts have a place of their own. Said only of fully walked spaces, and only
 * while every body is read, since the one that is not may hold the link.
 *
 * Links from pages that are not audited (personal spaces, pages out of sight) and from elsewhere on the web are unknown, and so are
 * lists that a macro draws.
 */
export default defineSetRule({
  id: 'orphan-page',
  title: 'No page leads to this page',
  why: 'Only search finds it, so it is neither read when it would help nor corrected when it is wrong.',
  severity: 'low',
  remediation: 'Move the page below the one to which it belongs, link to it, or archive it.',
  explanation: [
    'A page that no other page links to or includes, at the root of its space or below a page that is archived, in the trash or out of sight.',
    'Home pages and blog posts do not count. Only pages of spaces that were fully walked in this run are judged, and only while every body there is read, else `skip`. Links from pages that are not audited, from elsewhere on the web, and lists that a macro draws are unknown.',
  ],
  example: 'No page that the audit account reads links to this one, and it stands at the root of its space.',
  appliesTo: 'pages',
  options: z.strictObject({
    atRoot: z
      .boolean()
      .default(true)
      .describe('Whether pages at the root of a space count, beside those whose parent is gone.'),
  }),
  needs: ['body', 'links', 'archive'],
  sql: `
    with ${PLACE},
    candidate as (
      select page.page_id, place.space_key, ${nameOf('page.title')} as name, page.parent_id, parent.title as parent_title, parent.gone_because
      from subject join page using (page_id) join place on place.space_id = page.space_id and place.walked
      left join page parent on parent.page_id = page.parent_id
      where subject.content_type = 'page' and page.page_id is distinct from place.homepage_id
        and case when page.parent_id is null then coalesce((subject.options->>'atRoot')::boolean, true)
              else coalesce(page.parent_type, 'page') = 'page' and (parent.page_id is null or parent.gone_at is not null) end
    ),
    source as (
      select page.page_id, place.space_key, place.walked and not ${isRead('page')} as is_unread
      from page join place using (space_id) where page.gone_at is null and page.content_type in ('page', 'blogpost')
    ),
    inbound as (
      select candidate.page_id
      from page_link link join source using (page_id)
      join candidate on candidate.space_key = lower(coalesce(link.space_key, source.space_key)) and candidate.name = ${nameOf('link.title')}
      where link.kind in ('page', 'include') and candidate.page_id <> link.page_id
      union
      select candidate.page_id
      from page_link link join source using (page_id) join candidate on candidate.page_id = ${pageIdIn('link.url')}
      where link.kind = 'url' and candidate.page_id <> link.page_id
    ),
    unread as materialized (select count(*) as pages from source where is_unread)
    select page_id, case when unread.pages > 0 then 'skip' else 'fail' end as status,
           case when unread.pages > 0 then 'Nothing that was read leads to the page, but some bodies have not been read yet.'
             else 'No page that the audit account reads links to this one, and '
               || case when parent_id is null then 'it stands at the root of its space'
                    when gone_because in ('archived', 'trashed') then
                      'its parent "' || ${shown('parent_title', 100)} || '" is ' || case gone_because when 'archived' then 'archived' else 'in the trash' end
                    else 'the account cannot see its parent' end
               || '.'
           end as reason,
           jsonb_build_object('parent_id', parent_id) as evidence
    from candidate cross join unread
    where not exists (select 1 from inbound where inbound.page_id = candidate.page_id)
    order by page_id`,
});
