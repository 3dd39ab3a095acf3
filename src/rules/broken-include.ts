import { z } from 'zod';
import { missingTargets } from '../domain/link-sql.ts';
import { defineSetRule } from '../domain/rule.ts';

/**
 * Finds macros that show the text of a page that does not exist, by the same look-up as broken-page-link, and as careful: only in spaces
 * that were fully walked. A page in the archive or the trash exists (`archived-but-linked`), and so does one that includes
 * itself: targets are looked up, never followed. A page that the audit account may not see looks like a missing one.
 */
export default defineSetRule({
  id: 'broken-include',
  title: 'Page includes a page that does not exist',
  why: 'Where shared steps should stand the reader sees an error, and the steps themselves are nowhere on the page.',
  severity: 'medium',
  remediation: 'Include the page that took its place, or write the steps into this page.',
  explanation: [
    'A macro that shows the text of a page that does not exist.',
    'Looked up like the targets of [`broken-page-link`](#broken-page-link), and as carefully: only in spaces that were fully walked in this run, else `skip`. Targets are looked up and never followed, so pages that include each other do no harm.',
  ],
  example: 'The page includes 2 pages that the audit account does not find: "Nowhere" in OPS, "Shared steps" in OPS.',
  appliesTo: 'pages',
  options: z.strictObject({}),
  needs: ['body'],
  sql: missingTargets({ kind: 'include', does: 'includes', what: 'included pages' }),
});
