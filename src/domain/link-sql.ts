/**
 * Pieces of SQL that the rules over the link graph share. They see the relations of a set rule: `subject`, `page`, `page_link` and `space`.
 */

import { FACTS_VERSION } from './body-facts.ts';

/**
 * Titles as Confluence compares them. `collate "default"`: behind the collation "C" lower() would know only the letters of ASCII. What
 * comes out is compared byte by byte again: sorting a million titles by the rules of a language takes a minute.
 */
export const nameOf = (column: string): string =>
  `(lower(normalize(btrim(${column}), NFC) collate "default") collate "C")`;

/** A name from a site, fit to stand in a sentence. */
export const shown = (column: string, length: number): string =>
  `left(btrim(regexp_replace(${column}, '[[:cntrl:]]', '', 'g')), ${length})`;

/** Whether the body of a page was read at its present version. */
export const isRead = (page: string): string =>
  `((split_part(${page}.facts_version, ':', 1), ${page}.facts_of_version) is not distinct from ('${String(FACTS_VERSION)}', ${page}.version_number))`;

/** The relation `unread`: subjects whose bodies were not read at their present version. */
export const UNREAD = `
    unread as (
      select page_id from page join subject using (page_id) where not ${isRead('page')}
    )`;

/** What is said of them. */
export const SKIP_UNREAD = `
    select page_id, 'skip', 'The body has not been read at this version yet.', null from unread`;

/**
 * The relation `place`: every space, whether its walk came to its end in this run, and until when what is missing from it is known: a walk
 * that only listed what changed does not show a page that was moved in. Every space of the subjects was walked in this run.
 */
export const PLACE = `
    this_run as (
      select max(space.run_id) as run_id from space join (select distinct space_id from subject) walked using (space_id)
    ),
    place as (
      select space.space_id, lower(space.key) as space_key, space.homepage_id,
             coalesce(space.state = 'walked' and space.run_id = this_run.run_id, false) as walked,
             case when space.state = 'walked' and space.run_id = this_run.run_id
               then case when space.listed_run_id = this_run.run_id then 'infinity' else space.listed_at end
             end as known_until
      from space cross join this_run
    )`;

/** The id of the page that an address on a Confluence site leads to, or null. */
export const pageIdIn = (column: string): string =>
  String.raw`coalesce(substring(${column}, '/pages/(?:edit-v2/)?(\d{1,20})(?:[/?#]|$)'), substring(${column}, '[?&]pageId=(\d{1,20})(?:[&#]|$)'))`;

/**
 * The statement of a rule about targets that do not exist: links of one kind are looked up by title and space, each distinct target
 * once. That a page is missing is only said of a space whose walk came to its end in this run; where that walk only listed what changed
 * it is said of links that were there when all of the space was listed. A page with nothing but such doubts is skipped. Archived and
 * trashed targets exist.
 */
export const missingTargets = ({
  kind,
  does,
  what,
}: {
  kind: 'page' | 'include';
  does: string;
  what: string;
}): string => `
    with ${PLACE},
    ${UNREAD},
    named as (
      select link.page_id, link.ord, link.title, coalesce(link.space_key, subject.space_key) as space_key, page.version_at,
             ${nameOf('link.title')} as name
      from page_link link join subject using (page_id) join page using (page_id)
      where link.kind = '${kind}' and btrim(link.title) <> '' and not exists (select 1 from unread where unread.page_id = link.page_id)
    ),
    wanted as (select distinct lower(space_key) as space_key, name from named),
    existing as (
      select distinct place.space_key, ${nameOf('page.title')} as name
      from page join place using (space_id)
      where page.gone_at is null or page.gone_because in ('archived', 'trashed', 'out-of-scope')
    ),
    absent as (
      select wanted.space_key, wanted.name, place.known_until
      from wanted left join place on place.space_key = wanted.space_key
      where not exists (
        select 1 from existing where existing.space_key = wanted.space_key and existing.name = wanted.name)
    ),
    broken as (
      select distinct on (named.page_id, lower(named.space_key), named.name)
             named.page_id, named.ord, coalesce(named.version_at <= absent.known_until, false) as certain, '"' || ${shown('named.title', 100)} || '" in ' || ${shown('named.space_key', 60)} as target
      from named join absent on absent.space_key = lower(named.space_key) and absent.name = named.name
      order by named.page_id, lower(named.space_key), named.name, named.ord
    ),
    listed as (
      select page_id, count(*) filter (where certain) as missing, count(*) filter (where not certain) as doubtful,
             (array_agg(target order by ord) filter (where certain))[1:20] as targets
      from broken group by page_id
    )
    select page_id,
           case when missing > 0 then 'fail' else 'skip' end as status,
           case
             when missing = 0 then 'Some ${what} lead into spaces that were not fully read in this run, and their pages are not known from before.'
             else 'The page ${does} ' || case when missing = 1 then 'a page' else missing || ' pages' end
               || ' that the audit account does not find: ' || array_to_string(targets[1:3], ', ')
               || case when missing > 3 then ' and ' || (missing - 3) || ' more' else '' end || '.'
           end as reason,
           jsonb_build_object('missing_pages', missing, 'targets', to_jsonb(coalesce(targets, '{}'))) as evidence
    from listed
    union all ${SKIP_UNREAD}
    order by page_id`;
