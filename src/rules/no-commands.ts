import { z } from 'zod';
import { BODY_UNREAD, defineRule } from '../domain/rule.ts';

/** Macros that show code, commands or steps which lie elsewhere or in a form of their own. */
const CODE_MACRO =
  /code|snippet|noformat|markdown|terminal|console|shell|script|(?:^|-)git|github|gitlab|bitbucket|http-request|openapi|swagger|plantuml|mermaid|gliffy|draw/i;
/** Their text belongs to another page, so it is not seen here. */
const INCLUDES: ReadonlySet<string> = new Set([
  'include',
  'excerpt-include',
  'multiexcerpt-include-macro',
  'multiexcerpt-include',
]);

/**
 * Finds runbooks without anything to do in order: no code, no numbered list, no tasks, no steps numbered by hand. Wrongly named
 * are runbooks whose steps are bullets or prose, which is why it is graded low; those that show a drawing of their steps, or
 * include other pages, are not judged.
 */
export default defineRule({
  id: 'no-commands',
  title: 'Runbook has no steps to follow',
  why: 'At night people follow steps, they do not study prose. A runbook without any is an essay about the system.',
  severity: 'low',
  remediation: 'Write what is to be done as a numbered list, with the commands as code.',
  explanation: [
    'A runbook without anything to do in order: no code, no numbered list, no tasks, no lines or headings numbered by hand.',
    'Macros that show code or a drawing count as steps. Steps in bullets do not, which is why the rule is graded low. A runbook that includes other pages is `skip`, and so are bodies not read yet at this version.',
  ],
  example: 'The runbook holds no code, no numbered list and no tasks.',
  appliesTo: 'runbooks',
  options: z.strictObject({}),
  needs: ['body'],
  *check({ facts }) {
    if (facts === null) {
      yield BODY_UNREAD;
      return;
    }
    if (facts.stepForms.length > 0 || facts.macros.some((name) => CODE_MACRO.test(name))) return;
    if (facts.macros.some((name) => INCLUDES.has(name))) {
      yield { status: 'skip', reason: 'The runbook includes other pages, and its steps may stand there.' };
      return;
    }
    if (facts.damaged) {
      yield { status: 'skip', reason: 'The body is not well formed, so some of its steps may have gone unseen.' };
      return;
    }
    yield { reason: 'The runbook holds no code, no numbered list and no tasks.' };
  },
});
