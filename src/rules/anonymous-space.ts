import { z } from 'zod';
import { defineSetRule } from '../domain/rule.ts';

/**
 * Finds spaces that people without an account may view, by the permissions of the space. One finding for a space, on its home page or,
 * where that is not judged, on its oldest page.
 *
 * False positives are public spaces that are meant (`allow`), and sites whose administrator has closed them to the public as a whole:
 * then the permission is there and without effect, hence `partial`.
 */
export default defineSetRule({
  id: 'anonymous-space',
  title: 'Space is open to people without an account',
  why: 'Whoever has the address reads every page of it that is not restricted, and so does every search engine.',
  severity: 'high',
  remediation:
    'Take anonymous access from the space in its permissions, or name the space in `allow` where it is meant to be public.',
  explanation: [
    'A space that people without an account may view, by its permissions. One finding for each space: it stands on the home page or, where that is not judged, on the oldest page, with `subject_type` `space`.',
    '`confidence` is `partial`: the site as a whole may be closed to the public. Permissions that could not be read in this run: `skip`.',
  ],
  example: 'The permissions of the space DOCS let people without an account view it.',
  appliesTo: 'pages',
  about: 'space',
  confidence: 'partial',
  options: z.strictObject({
    allow: z.array(z.string().min(1)).default([]).describe('Keys of spaces that are meant to be public.'),
  }),
  needs: ['space-permissions'],
  sql: `
    with standing as (
      select distinct on (subject.space_id) subject.page_id, subject.space_key, subject.options, space.reader_classes,
             coalesce(space.readers_run_id in (space.run_id, space.listed_run_id), false) as known
      from subject join space using (space_id)
      order by subject.space_id, (subject.page_id is not distinct from space.homepage_id) desc, length(subject.page_id), subject.page_id
    )
    select page_id, case when known then 'fail' else 'skip' end as status,
           case when known then 'The permissions of the space ' || space_key || ' let people without an account view it.'
             else 'The permissions of the space ' || space_key || ' could not be read.' end as reason,
           jsonb_build_object('readers', to_jsonb(reader_classes)) as evidence
    from standing
    where not exists (select 1 from jsonb_array_elements_text(options->'allow') as allowed(key) where lower(allowed.key) = lower(space_key))
      and (not known or exists (select 1 from unnest(reader_classes) as class where class ilike '%anonymous%'))
    order by page_id`,
});
