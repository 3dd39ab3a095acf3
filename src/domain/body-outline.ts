import { speaksOfContacts } from './contact-text.ts';
import type { BodyFacts } from './facts.ts';
import { judgeMarks, type Mark } from './outline-marks.ts';
import { clear, createPassage, extend, isBlank, lengthOf, type Passage, textOf } from './passage.ts';
import { FRAMES, type OutlineElement, TEXT_NODES } from './outline-elements.ts';
import type { Attributes } from './storage-tags.ts';

/** A paragraph, cell or item that is open: what it says in bold at its beginning, and what else. */
interface Block {
  name: string | null;
  readonly bold: Passage;
  readonly rest: Passage;
}

const MAX_HEADINGS = 2_000;
/** A page with more is a table, not a runbook. */
const MAX_TITLES = 300;
const MAX_TEXT = 255;
/** A title is short; a longer line in bold is a sentence. */
const MAX_TITLE = 120;
/** More text than this is no placeholder. */
const ENOUGH = 100;
/** Whoever is to be called stands near the beginning. */
const MAX_SAID = 4_000;
const NOBODY = 99;

/**
 * Collects headings and what people write in their place, and tells for each whether anything follows; fed with the events
 * of `readStorage`.
 */
export function createOutline() {
  const marks: Mark[] = [];
  let last: Mark | undefined;
  const room = { headings: MAX_HEADINGS, titles: MAX_TITLES };
  /** The level of the heading that is open; 0 where none is. */
  let level = 0;
  const heading = createPassage();
  const block: Block = { name: null, bold: createPassage(), rest: createPassage() };
  let boldDepth = 0;
  let plain = 0;
  /** Macros that are open, and whether they are expands: their parameter `title` is one. */
  const expands: boolean[] = [];
  let expandTitle: string | null = null;
  let shows = false;
  /** What was said, and whether anything led on, since the last mark or block was placed. */
  const said = createPassage();
  let leads = false;
  /** The rank of what speaks of contacts and has not ended: only below it is kept what is said. */
  let speaking = NOBODY;
  let complete = true;

  const addMark = (kind: Mark['kind'], rank: number, raw: string): void => {
    const text = tidy(raw);
    const left = kind === 'heading' ? 'headings' : 'titles';
    if (text === '') return;
    if (room[left] > 0) {
      const contacts = speaksOfContacts(text);
      // A line in bold may be part of what the one above it announces.
      if (kind !== 'bold' && rank <= speaking) speaking = NOBODY;
      if (contacts && rank < speaking) speaking = rank;
      last = { kind, level: rank, text, contacts, content: '', shows: false, said: '', leads: false };
      marks.push(last);
    } else if (kind === 'heading') complete = false;
    room[left] -= 1;
  };
  const lacksContent = (): boolean => last !== undefined && last.content.length < ENOUGH;
  const addContent = (chunk: string): void => {
    if (last !== undefined && lacksContent()) last.content += chunk;
  };
  const settle = (): void => {
    if (last !== undefined) {
      if (leads) last.leads = true;
      if (speaking !== NOBODY && last.said.length < MAX_SAID) last.said += ` ${textOf(said)}`;
    }
    clear(said);
    leads = false;
  };
  const finishHeading = (): void => {
    if (level > 0) addMark('heading', level, textOf(heading));
    level = 0;
    settle();
  };
  const finishBlock = (): void => {
    if (block.name === null) return;
    placeBlock();
    block.name = null;
    settle();
  };
  const placeBlock = (): void => {
    if (lengthOf(block.bold) === 0 && block.name !== 'th') {
      if (lacksContent()) addContent(`${textOf(block.rest)} `);
      return;
    }
    const bold = textOf(block.bold);
    const rest = textOf(block.rest);
    const title = tidy(bold);
    const alone = rest.trim() === '' || rest.trim() === ':';
    if (block.name === 'th') addMark('label', 7, `${bold} ${rest}`);
    else if (title !== '' && title.length <= MAX_TITLE && (alone || title.endsWith(':') || /^\s*:/.test(rest))) {
      addMark('bold', 7, title.replace(/\s*:$/, ''));
      addContent(rest);
    } else addContent(`${bold}${rest} `);
  };
  const show = ({ leading }: { leading: boolean }): void => {
    shows = true;
    finishBlock();
    leads ||= leading;
    if (level > 0) return;
    if (last !== undefined) last.shows = true;
    settle();
  };

  return {
    open({ name, outlined: role }: OutlineElement, attributes: Attributes): void {
      if (role === 'plain') plain += 1;
      if (role === undefined || plain > 0) return;
      if (role === 'block') {
        // The first paragraph of a cell belongs to it: a cell at the head of a row stays one.
        if (block.name === 'th' && name === 'p') return;
        finishBlock();
        block.name = name;
        clear(block.bold);
        clear(block.rest);
      } else if (role === 'heading') {
        finishBlock();
        finishHeading();
        level = Number(name[1]);
        clear(heading);
      } else if (role === 'bold') boldDepth += 1;
      else if (role === 'macro') {
        const macro = attributes.get('ac:name') ?? '';
        expands.push(macro === 'expand');
        if (!FRAMES.has(macro)) show({ leading: macro !== 'toc' });
      } else if (role === 'parameter') {
        if (expands.at(-1) !== true || attributes.get('ac:name') !== 'title') return;
        finishBlock();
        expandTitle = '';
      } else if (role === 'address') leads ||= attributes.has('href');
      else if (role === 'time') show({ leading: false });
      else if (role === 'showing' || !TEXT_NODES.has(attributes.get('type') ?? '')) show({ leading: true });
    },
    close({ name, outlined: role }: OutlineElement): void {
      if (role === 'plain') plain -= 1;
      else if (role === undefined || plain > 0) return;
      else if (role === 'block') {
        if (block.name === name) finishBlock();
      } else if (role === 'heading') finishHeading();
      else if (role === 'bold') boldDepth -= 1;
      else if (role === 'macro') expands.pop();
      else if (role === 'parameter' && expandTitle !== null) {
        addMark('label', 7, expandTitle);
        expandTitle = null;
      }
    },
    /** `seen` is false for silent text. */
    text(source: string, from: number, to: number, seen: boolean): void {
      if (!seen) {
        if (expandTitle !== null && expandTitle.length < MAX_TEXT)
          expandTitle += source.slice(from, Math.min(to, from + MAX_TEXT));
        return;
      }
      if (lengthOf(said) < MAX_SAID) extend(said, source, from, to);
      if (level > 0) {
        // Twice the final length leaves room for the white space that is collapsed at the end.
        if (lengthOf(heading) < 2 * MAX_TEXT) extend(heading, source, from, to, 2 * MAX_TEXT);
      } else if (block.name === null) {
        if (lacksContent()) addContent(source.slice(from, Math.min(to, from + ENOUGH)));
        settle();
      } else if (boldDepth > 0 && isBlank(block.rest)) {
        if (lengthOf(block.bold) < MAX_TEXT) extend(block.bold, source, from, to, MAX_TEXT);
      } else if (lengthOf(block.rest) < ENOUGH) extend(block.rest, source, from, to, MAX_TEXT);
    },
    result(): Pick<BodyFacts, 'headings' | 'titles' | 'shows'> & { readonly complete: boolean } {
      finishHeading();
      finishBlock();
      return { ...judgeMarks(marks), shows, complete };
    },
  };
}

/** White space that is not a single blank between words: seldom there, and to look is cheaper than to replace. */
const UNTIDY = /\s\s|[^\S ]|\0/;
const tidy = (text: string): string =>
  (UNTIDY.test(text) ? text.replace(/[\s\0]+/g, ' ') : text).trim().slice(0, MAX_TEXT).toWellFormed();
