import { z } from 'zod';
import { isRead, nameOf, PLACE, shown, UNREAD } from '../domain/link-sql.ts';
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
  title: 'No page shows the attachment',
  why: 'Nobody sees them, nobody renews them, and search still finds them, old versions with old content among them.',
  severity: 'info',
  remediation: 'Show or link the file on its page, or delete it.',
  explanation: [
    'An attachment that nothing shows: not its page, not another page, and no address that leads to the files of its page.',
    'One finding for each file; `confidence` is `partial`, since pictures at the head of a page, files in comments and drafts, and the data of apps are in no body. Pages with a macro that may show files by other means are left alone. While a body is unread: `skip`.',
  ],
  example: 'No page shows or links to the file "Plan.PDF".',
  appliesTo: 'pages',
  about: 'attachment',
  confidence: 'partial',
  options: z.strictObject({
    minMb: z.number().min(0).default(0).describe('Smaller files are left alone; one megabyte is a million bytes.'),
  }),
  needs: ['body', 'links', 'attachments'],
  sql: `
    with ${PLACE},
    ${UNREAD},
    owned as (
      select file.page_id, file.attachment_id, file.title, file.media_type, file.file_size as size, ${nameOf('file.title')} as name,
             '"' || ${shown('file.title', 100)} || '"' as shown_title
      from attachment file join subject using (page_id)
      where file.gone_at is null and file.status = 'current' and not exists (select 1 from unread where unread.page_id = file.page_id)
        and coalesce(file.file_size, 0) >= coalesce((subject.options->>'minMb')::numeric, 0) * ${String(MB)}
    ),
    holder as (
      select page.page_id, page.facts, place.space_key, ${nameOf('page.title')} as name
      from page join place using (space_id) where exists (select 1 from owned where owned.page_id = page.page_id)
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
      select substring(url, '(?:/(?:attachments|thumbnails)/|[?&]pageId=)([0-9]{1,20})') as page_id from page_link where kind = 'url'
    ),
    pending as materialized (
      select count(*) as pages from page join place using (space_id)
      where place.walked and page.gone_at is null and page.content_type in ('page', 'blogpost') and not ${isRead('page')}
    ),
    loose as (
      select owned.* from owned
      where not exists (select 1 from opaque where opaque.page_id = owned.page_id)
        and not exists (select 1 from by_address where by_address.page_id = owned.page_id)
        and not exists (select 1 from here where (here.page_id, here.name) = (owned.page_id, owned.name))
        and not exists (select 1 from elsewhere where (elsewhere.page_id, elsewhere.name) = (owned.page_id, owned.name))
    )
    select page_id, case when pending.pages > 0 then 'skip' else 'fail' end as status,
           case when pending.pages > 0 then 'Nothing that was read shows the file ' || shown_title || ', but some bodies have not been read yet.'
             else 'No page shows or links to the file ' || shown_title || '.' end as reason,
           jsonb_build_object('file_name', title, 'media_type', media_type, 'file_size', size) as evidence, attachment_id as subject_id
    from loose cross join pending
    union all
    select page_id, 'skip', 'The body has not been read at this version yet.', null, null from unread
    order by page_id, subject_id`,
});
