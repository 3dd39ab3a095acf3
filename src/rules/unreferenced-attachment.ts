import { z } from 'zod';
import { isRead, nameOf, PLACE, SKIP_UNREAD, shown, UNREAD } from '../domain/link-sql.ts';
import { FILELESS_MACROS } from '../domain/macro-kinds.ts';
import { defineSetRule } from '../domain/rule.ts';

const MB = 1_000_000;

/**
 * Finds files that nothing shows: neither the body of their page, nor another page that was read, nor an address that leads to the
 * files of the page. A page with a macro that may show files by other means (lists, galleries, whatever an app brings) is
 * left alone, and nothing is said while other bodies are unread.
 *
 * A hint and no more, hence `partial`: pictures at the head of a page, files in comments, in drafts and in the data of apps are in no
 * body, and some files are kept only to be downloaded.
 */
export default defineSetRule({
  id: 'unreferenced-attachment',
  title: 'Page holds files that nothing shows',
  why: 'Nobody sees them, nobody renews them, and search still finds them, old versions with old content among them.',
  severity: 'info',
  remediation: 'Show or link the file on its page, or delete it.',
  appliesTo: 'pages',
  confidence: 'partial',
  options: z.strictObject({
    minMb: z.number().min(0).default(0).describe('Smaller files are left alone; one megabyte is a million bytes.'),
  }),
  needs: ['body', 'links', 'attachments'],
  sql: `
    with ${PLACE},
    ${UNREAD},
    owned as (
      select file.page_id, file.attachment_id, file.title, coalesce(file.file_size, 0) as size, ${nameOf('file.title')} as name
      from attachment file join subject using (page_id)
      where file.gone_at is null and file.status = 'current' and page_id not in (select page_id from unread)
        and coalesce(file.file_size, 0) >= coalesce((subject.options->>'minMb')::numeric, 0) * ${String(MB)}
    ),
    holder as (
      select page.page_id, page.facts, place.space_key, ${nameOf('page.title')} as name
      from page join place using (space_id) where page_id in (select page_id from owned)
    ),
    opaque as (
      select page_id from holder
      where exists (select 1 from jsonb_array_elements_text(facts->'macros') as macro(name) where macro.name not in (${FILELESS_MACROS}))
    ),
    here as (
      select page_id, ${nameOf('file.name')} as name from holder cross join lateral jsonb_array_elements_text(facts->'attachments') as file(name)
    ),
    elsewhere as (
      select holder.page_id, ${nameOf("file.entry->>'fileName'")} as name
      from page source join place using (space_id) cross join lateral jsonb_array_elements(source.facts->'foreignAttachments') as file(entry)
      join holder on holder.space_key = lower(coalesce(file.entry->>'spaceKey', place.space_key))
        and holder.name = ${nameOf("file.entry->>'pageTitle'")}
      where source.gone_at is null and source.facts->'foreignAttachments' <> '[]'
    ),
    by_address as (
      select substring(url from '(?:/(?:attachments|thumbnails)/|[?&]pageId=)([0-9]{1,20})') as page_id from page_link where kind = 'url'
    ),
    pending as (
      select count(*) as pages from page join place using (space_id)
      where place.walked and page.gone_at is null and page.content_type in ('page', 'blogpost') and not ${isRead('page')}
    ),
    loose as (
      select owned.* from owned
      where page_id not in (select page_id from opaque)
        and page_id not in (select page_id from by_address where page_id is not null)
        and (page_id, name) not in (select page_id, name from here)
        and (page_id, name) not in (select page_id, name from elsewhere)
    ),
    listed as (
      select page_id, count(*) as files, sum(size) as bytes,
             (array_agg('"' || ${shown('title', 100)} || '"' order by title, attachment_id))[1:20] as names
      from loose group by page_id
    )
    select page_id, case when pending.pages > 0 then 'skip' else 'fail' end as status,
           case when pending.pages > 0 then 'Nothing that was read shows some files of the page, but some bodies have not been read yet.'
             else case when files = 1 then 'No page shows or links to the file ' else 'No page shows or links to ' || files || ' files of this page: ' end
               || array_to_string(names[1:3], ', ') || case when files > 3 then ' and ' || (files - 3) || ' more' else '' end || '.'
           end as reason,
           jsonb_build_object('files', files, 'bytes', bytes, 'names', to_jsonb(names)) as evidence
    from listed cross join pending
    union all ${SKIP_UNREAD}
    order by page_id`,
});
