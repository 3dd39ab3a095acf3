import { z } from 'zod';
import { BODY_UNREAD, defineRule } from '../domain/rule.ts';
import { headingWords, sectionMatch } from '../domain/section-match.ts';

const HEADINGS =
  `escalat*, contact, contacts, who to call, who to contact, whom to call, whom to contact, call for help, getting help,
  get help, on call, oncall, emergency contact*, emergency number*, phone number*, hotline*, paging
  eskalation*, *eskalation, kontakt, kontakte, *kontakte, ansprechpartner*, ansprechperson*, bereitschaft, rufbereitschaft, notfallnummer*,
  notfallkontakt*, telefonnummer*, wen anrufen, meldekette, meldeweg*`
    .split(/[,\n]/)
    .map((name) => name.trim());
const isEscalation = sectionMatch(HEADINGS);

/**
 * Finds runbooks whose section on escalation names no way to reach anybody: no link, mention, telephone number, address,
 * channel (`#ops`), handle or paging service. One such section that does is enough; a picture or a macro that draws its own
 * content gets the benefit of the doubt. Wrongly named are sections that only name a team which everybody knows how to reach.
 * A runbook without such a section is a matter of missing-sections.
 */
export default defineRule({
  id: 'empty-escalation',
  title: 'Escalation leads nowhere',
  why: 'Whoever cannot go on alone reads "inform the team" and does not know how. Names without numbers cost the most expensive minutes of an incident.',
  severity: 'high',
  remediation: 'Write down whom to call and how: a mention, a telephone number, a channel or the link of a rota.',
  explanation: [
    'A runbook whose section on escalation names no way to reach anybody.',
    'A link, a mention, a telephone number, an address, a channel (`#ops`), a handle (`@sre`) or a paging service is one; a picture or a macro that draws its own content may be one and counts. One such section with a contact is enough. Sections are found in English and German by their headings, or by what stands in place of one. A runbook without such a section does not apply here; [`missing-sections`](#missing-sections) finds it. Bodies not read yet at this version: `skip`.',
  ],
  example: 'The section on escalation is empty.',
  appliesTo: 'runbooks',
  options: z.strictObject({}),
  needs: ['body'],
  *check({ facts }) {
    if (facts === null) {
      yield BODY_UNREAD;
      return;
    }
    const sections = [...facts.headings, ...facts.titles].filter(({ text }) => isEscalation(headingWords(text)));
    if (sections.some(({ reaches }) => reaches)) return;
    if (sections.length === 0) {
      yield { status: 'not-applicable', reason: 'The runbook has no section on escalation.' };
      return;
    }
    if (facts.damaged) {
      yield { status: 'skip', reason: 'The body is not well formed, so a contact may have gone unseen.' };
      return;
    }
    const empty = sections.every((section) => section.empty);
    yield {
      reason: empty
        ? 'The section on escalation is empty.'
        : 'The section on escalation names no link, mention, telephone number, address or channel.',
      evidence: { sections: sections.length, empty },
    };
  },
});
