import { clear, createPassage, extend, lengthOf, type Passage, textOf, trim } from './passage.ts';
import { PLAIN } from './storage-elements.ts';
import type { Attributes } from './storage-tags.ts';

/** A date element of a line, with the text before it. */
export interface LineTime {
  readonly before: string;
  readonly datetime: string;
}

/** Told of what a body says, line by line; a line is a paragraph, heading, item or cell as a reader sees it, without code. */
export interface LineReader {
  /** The passage holds as long as the call lasts. */
  line(line: Passage, times: readonly LineTime[]): void;
  /** A row of a table begins or ends. */
  row(): void;
  /** A cell begins; `heading` where it is one of headings. */
  cell(heading: boolean): void;
  /** One of the elements in which people write steps begins. */
  steps(name: string): void;
  /** A hint of the template that nobody has replaced. */
  hint(): void;
}

export type LineRole = 'task' | 'line' | 'row' | 'cell' | 'time' | 'code' | 'steps' | 'hint' | 'macro' | 'parameter';

/** The elements that it has to be told of, and what each is to it. */
export const LINED: ReadonlyMap<string, LineRole> = new Map<string, LineRole>([
  ...'p li div h1 h2 h3 h4 h5 h6 br blockquote ac:task-body ac:layout-cell ac:rich-text-body'
    .split(' ')
    .map((name) => [name, 'line'] as const),
  ...['td', 'th'].map((name) => [name, 'cell'] as const),
  ...[...PLAIN, 'code', 'pre'].map((name) => [name, 'code'] as const),
  ...['ol', 'ac:task-list'].map((name) => [name, 'steps'] as const),
  ['tr', 'row'],
  ['ac:task', 'task'],
  ['time', 'time'],
  ['ac:placeholder', 'hint'],
  ['ac:structured-macro', 'macro'],
  ['ac:parameter', 'parameter'],
]);
/** A longer line is no statement about the page; what comes after this is not read. */
const MAX_LINE = 8_000;

/** An element as it concerns lines. */
export interface LineElement {
  readonly name: string;
  readonly lined: LineRole | undefined;
}

/** Cuts a body into lines and tells its reader; fed with the events of `readStorage`. */
export function createLines(reader: LineReader) {
  const undated: readonly LineTime[] = [];
  const line = createPassage();
  let times: LineTime[] | null = null;
  let code = 0;
  let tasks = 0;
  /** A coloured word (the macro `status`) is text to whoever reads the page, though it stands in a parameter. */
  const statusMacros: boolean[] = [];
  let lozenge = false;

  const endLine = (): void => {
    if (lengthOf(line) === 0 && times === null) return;
    const dated = times ?? undated;
    times = null;
    trim(line);
    if (lengthOf(line) > 0 || dated.length > 0) reader.line(line, dated);
    clear(line);
  };

  return {
    open({ name, lined: role }: LineElement, attributes: Attributes): void {
      if (role === undefined) return;
      if (role === 'line') endLine();
      else if (role === 'cell') {
        endLine();
        reader.cell(name === 'th');
      } else if (role === 'row') {
        endLine();
        reader.row();
      } else if (role === 'task') tasks += 1;
      else if (role === 'time') {
        // The date of a task says when the task is due, not the page.
        if (tasks > 0) return;
        times ??= [];
        times.push({ before: textOf(line), datetime: attributes.get('datetime') ?? '' });
      } else if (role === 'code') {
        code += 1;
        if (name !== 'code') reader.steps(name);
      } else if (role === 'macro') statusMacros.push(attributes.get('ac:name') === 'status');
      else if (role === 'parameter') lozenge = statusMacros.at(-1) === true && attributes.get('ac:name') === 'title';
      else if (role === 'hint') reader.hint();
      else reader.steps(name);
    },
    close({ lined: role }: LineElement): void {
      if (role === undefined) return;
      if (role === 'line' || role === 'cell') endLine();
      else if (role === 'row') {
        endLine();
        reader.row();
      } else if (role === 'code') code -= 1;
      else if (role === 'task') tasks -= 1;
      else if (role === 'macro') statusMacros.pop();
      else if (role === 'parameter') lozenge = false;
    },
    /** `seen` is false for silent text. */
    text(source: string, from: number, to: number, seen: boolean): void {
      if (code > 0 || (!seen && !lozenge) || lengthOf(line) > MAX_LINE) return;
      extend(line, source, from, to, MAX_LINE);
    },
    end: endLine,
  };
}
