import type { BodyFacts } from './facts.ts';
import { judgeMarks, type Mark } from './outline-marks.ts';
import { MACRO, PLAIN } from './storage-elements.ts';
import type { Attributes } from './storage-tags.ts';

/** A paragraph, cell or item that is open: what it says in bold at its beginning, and what else. */
interface Block {
  readonly name: string;
  bold: string;
  rest: string;
}

type Role = 'heading' | 'bold' | 'block' | 'plain' | 'macro' | 'parameter' | 'node' | 'showing' | 'time' | 'address';

/** One look-up for each event: this runs over every element of a site. */
const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [name, 'heading'] as const),
  ...['strong', 'b'].map((name) => [name, 'bold'] as const),
  ...['p', 'td', 'th', 'li', 'div'].map((name) => [name, 'block'] as const),
  ...[...PLAIN].map((name) => [name, 'plain'] as const),
  ...[...MACRO].map((name) => [name, 'macro'] as const),
  ['ac:parameter', 'parameter'],
  ['ac:adf-node', 'node'],
  ['time', 'time'],
  ['a', 'address'],
  // What a reader sees although it has no text, but for dates: pictures, files, people, other pages.
  ...'ac:image ri:attachment ri:page ri:blog-post ri:user ri:content-entity ri:shortcut ri:space'
    .split(' ')
    .map((name) => [name, 'showing'] as const),
]);
/** The elements that it has to be told of. */
export const OUTLINED: readonly string[] = [...ROLES.keys()];
/** Macros that only frame or mark the text that is in them; every other one draws something of its own. */
const FRAMES: ReadonlySet<string> = new Set(
  `anchor aura-divider aura-panel code column details div excerpt expand info layout-cell multiexcerpt-macro noformat note panel quote
  section span status tip toc toc-zone warning`.split(/\s+/),
);
/** Nodes of the editor's own format that hold text and nothing else. */
const TEXT_NODES: ReadonlySet<string> = new Set(['panel', 'decision-list', 'decision-item']);

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

/**
 * Collects headings and what people write in their place, and tells for each whether anything follows; fed with the events
 * of `readStorage`.
 */
export function createOutline() {
  const marks: Mark[] = [];
  const room = { headings: MAX_HEADINGS, titles: MAX_TITLES };
  let heading: { readonly level: number; text: string } | null = null;
  let block: Block | null = null;
  let boldDepth = 0;
  let plain = 0;
  /** Macros that are open, and whether they are expands: their parameter `title` is one. */
  const expands: boolean[] = [];
  let expandTitle: string | null = null;
  let shows = false;
  /** What was said, and whether anything led on, since the last mark or block was placed. */
  let said = '';
  let leads = false;
  let complete = true;

  const addMark = (kind: Mark['kind'], level: number, raw: string): void => {
    const text = tidy(raw);
    const left = kind === 'heading' ? 'headings' : 'titles';
    if (text === '') return;
    if (room[left] > 0) marks.push({ kind, level, text, content: '', shows: false, said: '', leads: false });
    else if (kind === 'heading') complete = false;
    room[left] -= 1;
  };
  const addContent = (chunk: string): void => {
    const mark = marks.at(-1);
    if (mark !== undefined && mark.content.length < ENOUGH) mark.content += chunk;
  };
  const settle = (): void => {
    const mark = marks.at(-1);
    if (mark !== undefined) {
      if (leads) mark.leads = true;
      if (mark.said.length < MAX_SAID) mark.said += ` ${said}`;
    }
    said = '';
    leads = false;
  };
  const finishHeading = (): void => {
    if (heading !== null) addMark('heading', heading.level, heading.text);
    heading = null;
    settle();
  };
  const finishBlock = (): void => {
    if (block === null) return;
    placeBlock(block);
    block = null;
    settle();
  };
  const placeBlock = ({ name, bold, rest }: Block): void => {
    if (bold === '' && name !== 'th') return addContent(`${rest} `);
    const title = tidy(bold);
    const alone = rest.trim() === '' || rest.trim() === ':';
    if (name === 'th') addMark('label', 7, `${bold} ${rest}`);
    else if (title !== '' && title.length <= MAX_TITLE && (alone || title.endsWith(':') || /^\s*:/.test(rest))) {
      addMark('bold', 7, title.replace(/\s*:$/, ''));
      addContent(rest);
    } else addContent(`${bold}${rest} `);
  };
  const show = ({ leading }: { leading: boolean }): void => {
    shows = true;
    finishBlock();
    leads ||= leading;
    if (heading !== null) return;
    const mark = marks.at(-1);
    if (mark !== undefined) mark.shows = true;
    settle();
  };

  return {
    open(name: string, attributes: Attributes): void {
      const role = ROLES.get(name);
      if (role === 'plain') plain += 1;
      if (role === undefined || plain > 0) return;
      if (role === 'block') {
        // The first paragraph of a cell belongs to it: a cell at the head of a row stays one.
        if (block?.name === 'th' && name === 'p') return;
        finishBlock();
        block = { name, bold: '', rest: '' };
      } else if (role === 'heading') {
        finishBlock();
        finishHeading();
        heading = { level: Number(name[1]), text: '' };
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
    close(name: string): void {
      const role = ROLES.get(name);
      if (role === 'plain') plain -= 1;
      else if (role === undefined || plain > 0) return;
      else if (role === 'block') {
        if (block?.name === name) finishBlock();
      } else if (role === 'heading') finishHeading();
      else if (role === 'bold') boldDepth -= 1;
      else if (role === 'macro') expands.pop();
      else if (role === 'parameter' && expandTitle !== null) {
        addMark('label', 7, expandTitle);
        expandTitle = null;
      }
    },
    /** `seen` is false for silent text. */
    text(chunk: string, seen: boolean): void {
      if (!seen) {
        if (expandTitle !== null && expandTitle.length < MAX_TEXT) expandTitle += chunk.slice(0, MAX_TEXT);
        return;
      }
      if (said.length < MAX_SAID) said += chunk;
      if (heading !== null) {
        // Twice the final length leaves room for the white space that is collapsed at the end.
        if (heading.text.length < 2 * MAX_TEXT) heading.text += chunk.slice(0, 2 * MAX_TEXT);
      } else if (block === null) {
        addContent(chunk.slice(0, ENOUGH));
        settle();
      } else if (boldDepth > 0 && (block.rest === '' || block.rest.trim() === '')) {
        if (block.bold.length < MAX_TEXT) block.bold += chunk.slice(0, MAX_TEXT);
      } else if (block.rest.length < ENOUGH) block.rest += chunk.slice(0, MAX_TEXT);
    },
    result(): Pick<BodyFacts, 'headings' | 'titles' | 'shows'> & { readonly complete: boolean } {
      finishHeading();
      finishBlock();
      return { ...judgeMarks(marks), shows, complete };
    },
  };
}

const tidy = (text: string): string =>
  text
    .replace(/[\s\0]+/g, ' ')
    .trim()
    .slice(0, MAX_TEXT)
    .toWellFormed();
