import { z } from 'zod';
import { BODY_UNREAD, defineRule } from '../domain/rule.ts';

/**
 * Finds pages without content. A page that lists its children or shows files, pictures, links or any macro that draws
 * something is not empty, nor is one that only holds files.
 */
export default defineRule({
  id: 'empty-page',
  title: 'Page is empty',
  why: 'A title promises an answer that is not there; whoever searched for it stops searching.',
  severity: 'low',
  remediation: 'Write what the title promises, list the pages below it, or delete the page.',
  explanation: [
    'A page without content.',
    'A page that shows a picture, a file, a link to a page or any macro that draws something is not empty, nor is one that holds files. Frames, tables of contents and hints of templates are no content. Bodies not read yet at this version: `skip`.',
  ],
  example: 'The page has no text (limit 30) and shows nothing else.',
  appliesTo: 'pages',
  options: z.strictObject({
    minCharacters: z
      .int()
      .positive()
      .default(30)
      .describe('Fewer visible characters than this, white space not counted, make a page empty.'),
  }),
  needs: ['body', 'attachments'],
  *check({ facts, attachments }, _context, { minCharacters }) {
    if (facts === null) {
      yield BODY_UNREAD;
      return;
    }
    if (facts.characters >= minCharacters || facts.shows) return;
    if (attachments.some(({ status }) => status === 'current')) return;
    if (facts.damaged) {
      yield { status: 'skip', reason: 'The body is not well formed, so some of its content may have gone unseen.' };
      return;
    }
    const amount = facts.characters === 0 ? 'no text' : `${facts.characters} visible characters`;
    yield {
      reason: `The page has ${amount} (limit ${minCharacters}) and shows nothing else.`,
      evidence: { characters: facts.characters, min_characters: minCharacters },
    };
  },
});
