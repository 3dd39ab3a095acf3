import { namesContact } from './contact-text.ts';
import type { BodyFacts } from './facts.ts';
import { isPlaceholder } from './placeholder-text.ts';

/** A heading or what stands in its place, with as much of the text after it as tells whether there is any. */
export interface Mark {
  readonly kind: 'heading' | 'bold' | 'label';
  readonly level: number;
  readonly text: string;
  /** It may announce whom to call. */
  readonly contacts: boolean;
  content: string;
  shows: boolean;
  /** All that it says; kept only where a way to reach somebody is looked for. */
  said: string;
  /** A link, a mention or a macro of its own leads on. */
  leads: boolean;
}

type Judged = Pick<BodyFacts, 'headings' | 'titles'>;

/**
 * Tells for each mark whether anything follows it. From the end, so that what follows is known: `filled[level]` and
 * `reached[level]` tell of all that comes before the next heading of that rank.
 */
export function judgeMarks(marks: readonly Mark[]): Judged {
  const headings: Judged['headings'][number][] = [];
  const titles: Judged['titles'][number][] = [];
  const filled = Array.from({ length: 7 }, () => false);
  const reached = Array.from({ length: 7 }, () => false);
  let nextKind: Mark['kind'] | null = null;
  let nextReaches = false;
  for (let index = marks.length - 1; index >= 0; index -= 1) {
    const mark = marks[index];
    if (mark === undefined) continue;
    const { kind, level, text } = mark;
    const says = mark.shows || !isPlaceholder(mark.content);
    if (kind === 'heading') {
      const empty = !says && filled[level] !== true;
      const reaches = mark.leads || reached[level] === true || namesSomebody(marks, index);
      headings.push({ level, text, empty, reaches });
      for (let rank = 1; rank <= 6; rank += 1) {
        filled[rank] = rank < level && (filled[rank] === true || !empty);
        reached[rank] = rank < level && (reached[rank] === true || reaches);
      }
    } else {
      // A bold line right below another one is part of what that one announces.
      const announces = nextKind === 'bold' && (isBare(mark) || mark.content.trim().endsWith(':'));
      const reaches: boolean = mark.leads || namesSomebody(marks, index) || (announces && nextReaches);
      titles.push({ text, empty: !says && !(nextKind === 'bold' && isBare(mark)), reaches });
      if (says || !isPlaceholder(text)) filled.fill(true);
      if (reaches) reached.fill(true);
      nextReaches = reaches;
    }
    nextKind = kind;
  }
  return { headings: headings.toReversed(), titles: titles.toReversed() };
}

/** Nothing at all stands between it and what comes next; `TBD` would say that what comes next is no part of it. */
const isBare = ({ content, shows }: Mark): boolean => !shows && !/[\p{L}\p{N}]/u.test(content);

/** Texts are looked through only below what speaks of contacts, because that takes longer than all the rest. */
function namesSomebody(marks: readonly Mark[], index: number): boolean {
  const mark = marks[index];
  if (mark === undefined || !mark.contacts) return false;
  if (namesContact(mark.text) || namesContact(mark.said)) return true;
  for (const below of marks.slice(index + 1)) {
    if (below.level <= mark.level && !(mark.kind === 'bold' && below.kind === 'bold' && isBare(mark))) break;
    if (namesContact(`${below.text} ${below.said}`)) return true;
  }
  return false;
}
