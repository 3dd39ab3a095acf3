import { z } from 'zod';
import { isRead, nameOf, SKIP_UNREAD, shown, UNREAD } from '../domain/link-sql.ts';
import { HEADLESS_MACROS } from '../domain/macro-kinds.ts';
import { defineSetRule } from '../domain/rule.ts';

/** What is left of a heading and of an anchor that leads to it, whichever editor made it: letters and digits. */
const key = (column: string): string =>
  `(regexp_replace(lower(normalize(${column}, NFC) collate "default"), '[^[:alnum:]]', '', 'g') collate "C")`;

/** Places that every page has. */
const BUILT_IN = `'', 'top', 'maincontent', 'content', 'titletext', 'title', 'comments', 'attachments', 'footer'`;

/**
 * Finds links to a heading or an anchor macro that the target page does not have, on the page itself or on another one.
 *
 * Confluence makes the anchor of a heading from its text: the old editor drops blanks and puts the title of the page before it, the new
 * one writes hyphens; equal headings get a number, odd first letters `id-`, links that were copied `[inlineExtension]`. So all of
 * these count, blanks, punctuation and case never do, and a link that is wrong by these alone is not found.
 * https://github.com/sphinx-contrib/confluencebuilder/pull/921
 *
 * Nothing is said of a target whose body is unread, damaged, or shows a macro that may bring headings of its own, such as an include.
 * Still `partial`, for none of this is a promise of Confluence's.
 */
export default defineSetRule({
  id: 'broken-anchor',
  title: 'Page links to places that are not on their page',
  why: 'The reader lands at the top of a long page and has to search for the step that the link meant.',
  severity: 'info',
  remediation: 'Make the link anew from the heading to which it should lead.',
  explanation: [
    'A link to a heading or an anchor that its page does not have, on the page itself or on another one.',
    'Confluence makes anchors from headings, in another way in each of its editors. So letters and digits alone are compared, with and without the title of the page, `id-`, `[inlineExtension]` and a number at the end: a link that is wrong by case or punctuation is not found. Nothing is said of a target whose body is unread or damaged, or that shows a macro which may bring headings of its own. `confidence` is `partial`.',
  ],
  example: 'The page links to 4 places that do not seem to exist: "#w", "#x", "#y" and 1 more.',
  appliesTo: 'pages',
  confidence: 'partial',
  options: z.strictObject({}),
  needs: ['body'],
  sql: `
    with ${UNREAD},
    jump as (
      select link.page_id, link.ord, link.kind, link.anchor, link.title, lower(coalesce(link.space_key, subject.space_key)) as space_key,
             ${nameOf('link.title')} as name, ${key('link.anchor')} as key
      from page_link link join subject using (page_id)
      where link.kind in ('anchor', 'page') and link.anchor <> '' and not exists (select 1 from unread where unread.page_id = link.page_id)
    ),
    wanted as (select distinct space_key, name from jump where kind = 'page'),
    found as (
      select wanted.space_key, wanted.name, min(page.page_id) as page_id
      from wanted join space on lower(space.key) = wanted.space_key
      join page on page.space_id = space.space_id and page.gone_at is null and ${nameOf('page.title')} = wanted.name
      group by wanted.space_key, wanted.name having count(*) = 1
    ),
    aimed as (
      select jump.page_id, jump.ord, jump.anchor, jump.key, coalesce(found.page_id, jump.page_id) as target_id
      from jump left join found on jump.kind = 'page' and found.space_key = jump.space_key and found.name = jump.name
      where jump.kind = 'anchor' or found.page_id is not null
    ),
    target as (
      select page.page_id, page.title, ${key('page.title')} as title_key, page.facts
      from page
      where exists (select 1 from aimed where aimed.target_id = page.page_id) and ${isRead('page')} and page.facts->>'damaged' = 'false'
        and not exists (
          select 1 from jsonb_array_elements_text(page.facts->'macros') as macro(name) where macro.name not in (${HEADLESS_MACROS}))
    ),
    spot as (
      select page_id, ${key("heading.entry->>'text'")} as key from target cross join lateral jsonb_array_elements(facts->'headings') as heading(entry)
      union
      select page_id, ${key('anchor.name')} from target cross join lateral jsonb_array_elements_text(facts->'anchors') as anchor(name)
    ),
    candidate as (
      select aimed.page_id, aimed.ord, aimed.target_id, aimed.key, target.title_key, aimed.anchor, target.title
      from aimed join target on target.page_id = aimed.target_id
      where aimed.key not in (${BUILT_IN}) and aimed.key not like 'comment%' and aimed.key <> target.title_key
    ),
    spelling as (
      select page_id, ord, target_id, regexp_replace(plain.key, case when numbered then '[0-9]+$' else '^$' end, '') as key
      from candidate
      cross join lateral (values (key), (regexp_replace(key, '^(id|inlineextension)', ''))) as bare(key)
      cross join lateral (values (bare.key), (case when starts_with(bare.key, title_key) then substr(bare.key, length(title_key) + 1) end)) as plain(key)
      cross join (values (true), (false)) as ending(numbered)
      where plain.key is not null
    ),
    reached as (
      select distinct spelling.page_id, spelling.ord from spelling join spot on spot.page_id = spelling.target_id and spot.key = spelling.key
    ),
    missed as (
      select page_id, ord, '"#' || ${shown('anchor', 80)} || '"'
               || case when target_id = page_id then '' else ' on "' || ${shown('title', 80)} || '"' end as spot
      from candidate
      where not exists (select 1 from reached where (reached.page_id, reached.ord) = (candidate.page_id, candidate.ord))
    ),
    listed as (
      select page_id, count(*) as spots, (array_agg(spot order by ord))[1:20] as names from missed group by page_id
    )
    select page_id, 'fail' as status,
           'The page links to ' || case when spots = 1 then 'a place that does' else spots || ' places that do' end
             || ' not seem to exist: ' || array_to_string(names[1:3], ', ')
             || case when spots > 3 then ' and ' || (spots - 3) || ' more' else '' end || '.' as reason,
           jsonb_build_object('places', spots, 'targets', to_jsonb(names)) as evidence
    from listed
    union all ${SKIP_UNREAD}
    order by page_id`,
});
