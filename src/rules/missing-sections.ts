import { z } from 'zod';
import { dateKind } from '../domain/date-words.ts';
import type { BodyFacts } from '../domain/facts.ts';
import { BODY_UNREAD, defineRule } from '../domain/rule.ts';
import { headingWords, type SectionMatch, sectionMatch } from '../domain/section-match.ts';
import { SECTION_NAMES } from '../domain/section-names.ts';

/** Made once: there are hundreds of names, and this runs on every runbook. */
const BUILT_IN: ReadonlyMap<string, SectionMatch> = new Map(
  Object.entries(SECTION_NAMES).map(([name, names]) => [name, sectionMatch(names)]),
);

/**
 * Finds runbooks without the sections that a reader needs when it matters. Three are required by default, because they answer
 * what whoever was just paged asks: what do I do, how do I see that it worked (or take it back), and whom do I call. All the
 * others (purpose, symptoms, prerequisites, owner, …) help, but a good short runbook may do without them; the option
 * `required` asks for them. Headings count at any level, with numbers or emoji, in English or German, and so do lines in bold,
 * titles of expands and heads of table rows. A section that holds nothing or `TBD` counts as missing.
 */
export default defineRule({
  id: 'missing-sections',
  title: 'Runbook lacks a section',
  why: 'Whoever was just paged looks for the steps, the check and the contact, and finds out in the middle of the incident that one of them was never written.',
  severity: 'high',
  remediation: 'Write the sections that the finding names, each under a heading of its own.',
  explanation: [
    'A runbook without the sections that its reader needs.',
    'Required by default is what such a reader asks: what do I do, how do I see that it worked or take it back, whom do I call. Headings count at any level, with numbers or emoji, in English or German; so do lines in bold, titles of expands, and heads of table rows and columns. A section that holds nothing or a placeholder such as `TBD` counts as missing. Rows and lines such as `Last tested` or `Next review` say when, and are no sections.',
  ],
  example:
    'The runbook has no section for steps or diagnosis or mitigation, verification or rollback, escalation or owner.',
  appliesTo: 'runbooks',
  options: z.strictObject({
    required: z
      .array(z.string().min(1))
      .default(['steps|diagnosis|mitigation', 'verification|rollback', 'escalation|owner'])
      .describe(
        'The sections that must be there; `a|b` asks for one of the two. Built in: purpose, symptoms, prerequisites, steps, diagnosis, mitigation, rollback, verification, escalation, owner.',
      ),
    synonyms: z
      .record(z.string().min(1), z.array(z.string().min(1)))
      .default({})
      .describe('Headings by section, `*` for any letters; replaces the built-in names of that section.'),
  }),
  needs: ['body'],
  *check({ facts }, _context, { required, synonyms }) {
    if (facts === null) {
      yield BODY_UNREAD;
      return;
    }
    const sections = sectionsOf(facts);
    const missing: string[] = [];
    const empty: string[] = [];
    for (const group of required) {
      const names = group.split('|').map((name) => name.trim());
      const matches = names.map((name) =>
        synonyms[name] === undefined ? (BUILT_IN.get(name) ?? sectionMatch([name])) : sectionMatch(synonyms[name]),
      );
      const found = sections.filter(({ words }) => matches.some((isOne) => isOne(words)));
      if (found.some((section) => !section.empty)) continue;
      (found.length > 0 ? empty : missing).push(names.join(' or '));
    }
    if (missing.length + empty.length === 0) return;
    if (facts.damaged) {
      yield { status: 'skip', reason: 'The body is not well formed, so some of its headings may have gone unseen.' };
      return;
    }
    const parts = [
      missing.length > 0 ? `has no section for ${missing.join(', ')}` : '',
      empty.length > 0 ? `has nothing under its heading for ${empty.join(', ')}` : '',
    ];
    yield {
      reason: `The runbook ${parts.filter((part) => part !== '').join(' and ')}.`,
      evidence: { missing_sections: missing, empty_sections: empty },
    };
  },
});

/** A row "Last tested" or "Next review" says when, and not how to see that it worked. */
const sectionsOf = ({ headings, titles }: Pick<BodyFacts, 'headings' | 'titles'>) =>
  [...headings, ...titles.filter(({ text }) => dateKind(text) === null)].map(({ text, empty }) => ({
    words: headingWords(text),
    empty,
  }));
