import { runbookBody, soundDraft, type Place, type Topic } from './compose.ts';
import { notes } from './notes.ts';
import type { PagePlan, Setting } from './page.ts';
import { inheritors, surroundings } from './people-plans.ts';
import { HUBS, STRUCTURE } from './structure.ts';
import { ENGLISH } from './topics-en.ts';
import { FRENCH } from './topics-fr.ts';
import { GERMAN } from './topics-de.ts';
import { hasNumberedHeadings } from './forms.ts';
import { LINKS } from './variants-links.ts';
import { FRESHNESS } from './variants-freshness.ts';
import { MARKS } from './variants-marks.ts';
import { PEOPLE } from './variants-people.ts';
import { SECTIONS } from './variants-sections.ts';
import type { Variant } from './variant.ts';

const TOWNS = 'Lyon Graz Oslo Porto Gent Turin Brno Varna Cork Basel Riga'.split(' ');
const AFTER = { en: 'hall', de: 'Halle', fr: 'salle' };

/** Every page of the corpus; parents come before their children. */
export function plans(at: Setting): readonly PagePlan[] {
  const anyLanguage = [...FRESHNESS, ...PEOPLE];
  const everything = [...anyLanguage, ...SECTIONS, ...LINKS, ...MARKS];
  const sets = [
    { language: 'en', space: 'OPS', topics: ENGLISH, variants: everything, first: 0 },
    { language: 'en', space: 'SRE', topics: ENGLISH.toReversed(), variants: everything, first: 211 },
    { language: 'de', space: 'LAGER', topics: GERMAN, variants: everything, first: 401 },
    // What a section must say is known in English and German only; the French names come from the settings of their space.
    {
      language: 'fr',
      space: 'FR',
      topics: FRENCH,
      variants: anyLanguage.filter((_, index) => index % 2 === 0),
      first: 602,
    },
  ] as const;
  const runbooks = sets.flatMap(({ topics, variants, first, ...place }) =>
    variants.map((variant, index) => {
      const number = first + index;
      const parent = `${place.space} runbooks, shelf ${1 + (index % 2)}, template`;
      const town = `${TOWNS[index % TOWNS.length]}, ${AFTER[place.language]} ${1 + Math.floor(index / TOWNS.length)}`;
      const topic = topics[(index * 5 + 3) % topics.length] as Topic;
      return written(topic, variant, { ...place, number, parent, place: town }, at);
    }),
  );
  const [sound] = ENGLISH as [Topic];
  const vault: Place = { language: 'en', space: 'SAFE', parent: 'Vault', number: 5, place: 'the vault' };
  const body = runbookBody(soundDraft(sound, vault, at), vault, at);
  return [...HUBS, ...STRUCTURE, ...surroundings(at), ...inheritors(body), ...notes(at), ...runbooks];
}

function written(
  topic: Topic,
  { about, expected, unjudged = [], change }: Variant,
  place: Place,
  at: Setting,
): PagePlan {
  const { language, number, parent } = place;
  const draft = soundDraft(topic, place, at);
  const say = (english: string, german: string): string => (language === 'de' ? german : english);
  const changed = { ...draft, ...change(draft, { ...at, language, number, parent, say }) };
  // Headings that are numbered by hand count as steps, as the reference says.
  const counts = (rule: string): boolean => !(hasNumberedHeadings(number) && rule === 'no-commands');
  const body = runbookBody(changed, place, at);
  return { ...changed, body, about, expected: expected.filter(counts), unjudged: unjudged.filter(counts) };
}
