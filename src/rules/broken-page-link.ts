import { z } from 'zod';
import { missingTargets } from '../domain/link-sql.ts';
import { defineSetRule } from '../domain/rule.ts';

/**
 * Finds links to pages that do not exist. Confluence finds the target of a link by its title and space, whatever the case.
 * That a page is missing is only said of a space whose walk came to its end in this run; where that walk only listed what changed (a
 * page that was moved in is not in such a list) it is said of links that were there when all of the space was listed. Links into other
 * spaces are not judged, and a page with nothing but such doubts is left as it was. Archived and trashed targets exist (`archived-but-linked`).
 * Pages that the audit account may not see look like missing ones, which is why the sentence names the account.
 */
export default defineSetRule({
  id: 'broken-page-link',
  title: 'Page links to pages that do not exist',
  why: 'The reader of a runbook follows a link in the middle of an incident and lands on an offer to create the page.',
  severity: 'medium',
  remediation: 'Point the link at the page that took its place, or remove it.',
  explanation: [
    'Links to pages that do not exist.',
    'Confluence finds a target by its title and space, whatever the case; a link without a space means the space of its page. One finding for each page; it names up to three targets, and lists up to twenty in its evidence.',
    '- That a page is missing is said only of a space whose walk came to its end in this run. A page all of whose doubtful links lead elsewhere is `skip`.',
    '- Pages in the archive and in the trash exist. Pages that the audit account may not see look like missing ones.',
    '- It is resolved only by a run that saw all pages. Bodies not read yet at this version: `skip`.',
  ],
  example: 'The page links to a page that the audit account does not find: "Nowhere" in OPS.',
  appliesTo: 'pages',
  options: z.strictObject({}),
  needs: ['body'],
  sql: missingTargets({ kind: 'page', does: 'links to', what: 'links' }),
});
