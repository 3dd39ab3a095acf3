import { z } from 'zod';
import { ownerOf } from '../domain/page-owner.ts';
import { defineRule } from '../domain/rule.ts';

/** Finds pages for which nobody answers. Who counts: src/domain/page-owner.ts. */
export default defineRule({
  id: 'missing-owner',
  title: 'Page has no owner',
  why: 'A page that belongs to nobody is corrected by nobody, and nobody can be asked about it in an incident.',
  severity: 'high',
  remediation: 'Set the owner of the page, or add a table row "Owner" with a mention of the team or person.',
  explanation: [
    'A page for which nobody answers.',
    'The first of these who is there counts: the owner of the page; whom the row `Owner` of a table names, as in the macro page properties (a mention, or a name in words); the last editor who is a person; the owner of the space. Apps answer for nothing. `medium` on pages that are no runbooks, whatever `severity` says.',
  ],
  example:
    'Nobody answers for the page: it has no owner, its text names none, no person edited it, and its space has none either.',
  appliesTo: 'pages',
  options: z.strictObject({}),
  needs: ['accounts', 'body'],
  *check(view) {
    if (ownerOf(view) !== null) return;
    if (view.facts === null) {
      yield { status: 'skip', reason: 'The body, which may name an owner, has not been read at this version yet.' };
      return;
    }
    yield {
      reason:
        'Nobody answers for the page: it has no owner, its text names none, no person edited it, and its space has none either.',
      ...(view.isRunbook ? {} : { severity: 'medium' as const }),
    };
  },
});
