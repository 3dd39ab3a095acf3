import { z } from 'zod';
import { FACTS_VERSION } from '../domain/body-facts.ts';
import { defineSetRule } from '../domain/rule.ts';

/**
 * Finds links to pages that do not exist. Confluence finds the target of a link by its title and space, whatever the case.
 * That a page is missing is only said of a space whose walk came to its end in this run; where that walk only listed what changed (a
 * page that was moved in is not in such a list) it is said of links that were there when all of the space was listed. Links into other
 * spaces are not judged, and a page with nothing but such doubts is left as it was. Archived and trashed targets exist (`archived-but-linked`).
 * Pages that the audit account may not see look like missing ones, which is why the sentence names the account.
 *
 * Every space of the subjects was walked in this run, so their run is this one. Each distinct target is looked up once, and the
 * `collate "default"` is there for the reason that duplicate-title gives.
 */
export default defineSetRule({
  id: 'broken-page-link',
  title: 'Page links to pages that do not exist',
  why: 'The reader of a runbook follows a link in the middle of an incident and lands on an offer to create the page.',
  severity: 'medium',
  remediation: 'Point the link at the page that took its place, or remove it.',
  appliesTo: 'pages',
  options: z.strictObject({}),
  needs: ['body'],
  sql: String.raw`
    with this_run as (
      select max(space.run_id) as run_id from space join (select distinct space_id from subject) walked using (space_id)
    ),
    unread as (
      select page_id from page join subject using (page_id)
      where (page.facts_version, page.facts_of_version) is distinct from ('${String(FACTS_VERSION)}', page.version_number)
    ),
    named as (
      select link.page_id, link.ord, link.title, coalesce(link.space_key, subject.space_key) as space_key, page.version_at,
             lower(normalize(btrim(link.title), NFC) collate "default") as name
      from page_link link join subject using (page_id) join page using (page_id)
      where link.kind = 'page' and btrim(link.title) <> '' and page_id not in (select page_id from unread)
    ),
    wanted as (select distinct lower(space_key) as space_key, name from named),
    place as (
      select space.space_id, lower(space.key) as space_key,
             -- Of a space of which only what changed was listed tonight it is known what was missing when all of it was.
             case when space.state = 'walked' and space.run_id = this_run.run_id
               then case when space.listed_run_id = this_run.run_id then 'infinity' else space.listed_at end
             end as known_until
      from space cross join this_run
    ),
    existing as (
      select distinct place.space_key, lower(normalize(btrim(page.title), NFC) collate "default") as name
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
             named.page_id, named.ord, coalesce(named.version_at <= absent.known_until, false) as certain,
             '"' || left(btrim(regexp_replace(named.title, '[[:cntrl:]]', '', 'g')), 100) || '" in ' || left(named.space_key, 60) as target
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
             when missing = 0 then 'Some links lead into spaces that were not fully read in this run, and their pages are not known from before.'
             else 'The page links to ' || case when missing = 1 then 'a page' else missing || ' pages' end
               || ' that the audit account does not find: ' || array_to_string(targets[1:3], ', ')
               || case when missing > 3 then ' and ' || (missing - 3) || ' more' else '' end || '.'
           end as reason,
           jsonb_build_object('missing_pages', missing, 'targets', to_jsonb(coalesce(targets, '{}'))) as evidence
    from listed
    union all
    select page_id, 'skip', 'The body has not been read at this version yet.', null from unread
    order by page_id`,
});
