import { z } from 'zod';
import { quoted } from '../domain/printable.ts';
import { BODY_UNREAD, defineRule } from '../domain/rule.ts';

/** Finds files that a body shows or links to although its page does not hold them (any more). */
export default defineRule({
  id: 'missing-attachment',
  title: 'Page shows a file that it does not have',
  why: 'The reader sees an empty frame or a dead link where the diagram, script or form should be.',
  severity: 'high',
  remediation: 'Upload the file to the page again, or remove the reference from the body.',
  explanation: [
    'A body shows or links to a file of its own page that the page does not hold, or not any more.',
    'One finding for each name. Names that differ only in case, in blanks around them or in how accents are composed count as the same. `medium` on pages that are no runbooks, whatever `severity` says. Bodies not read yet at this version: `skip`.',
  ],
  example: 'The body refers to the file "flow.png", but the page has no attachment of that name.',
  appliesTo: 'pages',
  options: z.strictObject({}),
  needs: ['body', 'attachments'],
  *check({ facts, attachments, isRunbook }) {
    if (facts === null) {
      yield BODY_UNREAD;
      return;
    }
    const present = new Map<string, boolean>();
    for (const { title, status } of attachments) {
      const name = comparable(title);
      present.set(name, status === 'current' || present.get(name) === true);
    }
    for (const fileName of facts.attachments) {
      const current = present.get(comparable(fileName));
      if (current === true) continue;
      const fate = current === false ? 'has only one that is no longer current' : 'has no attachment of that name';
      yield {
        reason: `The body refers to the file ${quoted(fileName)}, but the page ${fate}.`,
        subject: { type: 'file', id: fileName },
        evidence: { file_name: fileName },
        ...(isRunbook ? {} : { severity: 'medium' as const }),
      };
    }
  },
});

/**
 * macOS uploads names decomposed (NFD) while editors write them composed (NFC). Names that differ only in case count as
 * the same: a false alarm costs more trust than the rare miss.
 */
const comparable = (fileName: string): string => fileName.normalize('NFC').toLowerCase().trim();
