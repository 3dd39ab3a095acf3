import { z } from 'zod';
import type { SecretMark } from '../domain/facts.ts';
import { BODY_UNREAD, defineRule } from '../domain/rule.ts';

const MOST_LINES = 10;

/**
 * Finds keys, tokens and passwords in the text of a page. The search itself runs while a body is read (src/scan/), and what is
 * kept of a secret is its kind and its line.
 */
export default defineRule({
  id: 'secret-in-body',
  title: 'Page shows a secret',
  why: 'Everybody who may read the page, every export and every backup of it has the secret, and so has its history after an edit.',
  severity: 'critical',
  remediation:
    'Revoke the secret and make a new one first, then take it out of the page and delete the old versions that show it.',
  explanation: [
    'Keys, tokens and passwords in the text of a page.',
    'The text is searched while it is read, by [secretlint](https://github.com/secretlint/secretlint) and by patterns for AWS access key ids, Google API keys, Atlassian API tokens, JSON web tokens that never end or last for months, and values that a word before them calls a password. Of a secret its kind and its line are kept; the value is neither stored nor logged. Example keys of documentations, stand-ins and references such as `${PASSWORD}` do not count. One finding for each kind on a page. What only its name and characters mark as a password is `high`, with `confidence` `partial`. Bodies not read yet at this version: `skip`.',
  ],
  example: 'The text holds a secret of the kind github-token (line 14 of the text).',
  appliesTo: 'pages',
  options: z.strictObject({
    allow: z
      .array(z.string().min(1))
      .default([])
      .describe('Kinds that are no finding, as the findings name them (`json-web-token`).'),
    passwords: z
      .boolean()
      .default(true)
      .describe('Whether values count that only their name and their characters mark as a password.'),
  }),
  needs: ['body'],
  *check({ facts }, _context, { allow, passwords }) {
    if (facts === null) {
      yield BODY_UNREAD;
      return;
    }
    for (const [type, marks] of byType(facts.secrets)) {
      if (allow.includes(type)) continue;
      const certain = marks.some((mark) => mark.certain);
      if (!certain && !passwords) continue;
      const lines = marks.map(({ line }) => line);
      yield {
        reason: `The text ${certain ? 'holds' : 'seems to hold'} ${counted(type, marks.length)} (${places(lines)} of the text).`,
        subject: { type: 'secret', id: type },
        evidence: { secret_type: type, secrets: marks.length, lines: lines.slice(0, MOST_LINES).map(String) },
        ...(certain ? {} : { severity: 'high' as const, confidence: 'partial' as const }),
      };
    }
  },
});

function byType(marks: readonly SecretMark[]): ReadonlyMap<string, readonly SecretMark[]> {
  return Map.groupBy(marks, ({ type }) => type);
}

const counted = (type: string, count: number): string =>
  count === 1 ? `a secret of the kind ${type}` : `${count} different secrets of the kind ${type}`;

function places(lines: readonly number[]): string {
  const shown = [...new Set(lines)].slice(0, MOST_LINES).join(', ');
  return `${lines.length === 1 ? 'line' : 'lines'} ${shown}${lines.length > MOST_LINES ? ' and more' : ''}`;
}
