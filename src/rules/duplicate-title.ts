import { z } from 'zod';
import { defineSetRule } from '../domain/rule.ts';

/**
 * Finds pages whose titles a reader cannot tell apart; blog posts are told apart by their dates, so they are left out. Each group of equal titles is built once and only its first 21 pages
 * are carried along, so a title that a thousand spaces share costs no more than any other thousand pages.
 *
 * `collate "default"` on the way to lower(): behind the collation "C" it would know only the letters of ASCII. (A database
 * that was made with the locale C stays that way: there titles that differ in the case of other letters go unnoticed.)
 */
export default defineSetRule({
  id: 'duplicate-title',
  title: 'Several pages have the same title',
  why: 'Search shows the same line twice, and in an incident half of the readers open the wrong one.',
  severity: 'low',
  remediation: 'Merge the pages, or name in each title what sets it apart.',
  explanation: [
    'Several audited pages whose titles a reader cannot tell apart.',
    'Titles count as the same whatever their case, blanks and Unicode form. One finding for each page of the group; it names up to three others, and lists up to twenty in its evidence. It is resolved only by a run that saw all pages. A database made with the locale C knows upper and lower case of ASCII only.',
  ],
  example: 'Another page has the same title: "Overview" in HR.',
  appliesTo: 'pages',
  options: z.strictObject({
    acrossSpaces: z.boolean().default(true).describe('Whether pages of other spaces count too.'),
  }),
  needs: [],
  sql: String.raw`
    with titled as (
      select page_id, space_id, space_key, title,
             coalesce((options->>'acrossSpaces')::boolean, true) as across_spaces,
             btrim(regexp_replace(lower(normalize(title, NFKC) collate "default"), '\s+', ' ', 'g')) as name
      from subject where content_type = 'page'
    ),
    shared as (
      select name, null::text as space_id, count(*) as pages,
             (array_agg(page_id order by length(page_id), page_id collate "C"))[1:21] as page_ids
      from titled where name <> '' group by name having count(*) > 1
      union all
      select name, space_id, count(*),
             (array_agg(page_id order by length(page_id), page_id collate "C"))[1:21]
      from titled where name <> '' group by name, space_id having count(*) > 1
    ),
    judged as (
      select page.page_id, page.space_id, shared.pages - 1 as others,
             array_remove(shared.page_ids, page.page_id) as other_page_ids
      from titled page
      join shared on shared.name = page.name
       and case when page.across_spaces then shared.space_id is null else shared.space_id = page.space_id end
    )
    select judged.page_id,
           'fail' as status,
           case when others = 1 then 'Another page has the same title: ' else others || ' other pages have the same title: ' end
             || named.list
             || case when others > 3 then ' and ' || (others - 3) || ' more' else '' end
             || '.' as reason,
           jsonb_build_object('other_page_ids', to_jsonb(other_page_ids[1:20]), 'other_pages', others) as evidence
    from judged
    cross join lateral (
      select string_agg(
               '"' || left(btrim(regexp_replace(other.title, '[[:cntrl:]]', '', 'g')), 100) || '" in ' || other.space_key, ', '
               order by place.position
             ) as list
      from unnest(other_page_ids[1:3]) with ordinality as place(page_id, position)
      join titled other on other.page_id = place.page_id
    ) named
    order by judged.page_id collate "C"`,
});
