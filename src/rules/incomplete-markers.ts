import { z } from 'zod';
import { BODY_UNREAD, defineRule } from '../domain/rule.ts';
import type { BodyMarker } from '../domain/facts.ts';

const NAMES: Readonly<Record<BodyMarker['kind'], string>> = {
  TODO: 'TODO',
  TBD: 'TBD',
  FIXME: 'FIXME',
  WIP: 'WIP',
  'lorem ipsum': '"lorem ipsum"',
  promise: 'a line that only promises text',
  'template hint': 'a hint of its template',
};
const KINDS = ['TODO', 'TBD', 'FIXME', 'WIP', 'lorem ipsum', 'promise', 'template hint'] as const;

/**
 * Finds runbooks that say of themselves that they are not finished: TODO, TBD (also TBA, TBC), FIXME, WIP, filler text, lines
 * such as "to be defined" or "folgt noch", and hints of a template that nobody replaced. Code is left out, and so are the names
 * of columns and states (`from TODO to DONE`) and words in quotation marks; `todo` in small letters is a word of other
 * languages. Wrongly named may be a runbook about a task board; `ignore` takes kinds out.
 */
export default defineRule({
  id: 'incomplete-markers',
  title: 'Runbook is not finished',
  why: 'Its author knew that something is missing, and the reader finds out at the step where it is.',
  severity: 'medium',
  remediation: 'Write what is missing, or take the passage out.',
  explanation: [
    'A runbook that says of itself that it is not finished.',
    '`TODO`, `FIXME` and `WIP` in capital letters, `TBD`, `TBA`, `TBC`, `lorem ipsum`, coloured words (the macro status) included; lines that only promise text (`to be defined`, `folgt noch`), also after a colon; hints of a template that nobody replaced. Code, words in quotation marks, and names of columns and states (`from TODO to DONE`) do not count. Bodies not read yet at this version: `skip`.',
  ],
  example: 'The runbook says that it is not finished: it holds TODO once.',
  appliesTo: 'runbooks',
  options: z.strictObject({
    ignore: z.array(z.enum(KINDS)).default([]).describe('Kinds of marks that are no finding.'),
  }),
  needs: ['body'],
  *check({ facts }, _context, { ignore }) {
    if (facts === null) {
      yield BODY_UNREAD;
      return;
    }
    const marks = facts.markers.filter(({ kind }) => !ignore.includes(kind));
    if (marks.length === 0) return;
    const counted = marks.map(({ kind, count }) => `${NAMES[kind]} ${count === 1 ? 'once' : `${count} times`}`);
    yield {
      reason: `The runbook says that it is not finished: it holds ${counted.join(', ')}.`,
      evidence: { markers: marks.map(({ kind }) => kind), count: marks.reduce((sum, { count }) => sum + count, 0) },
    };
  },
});
