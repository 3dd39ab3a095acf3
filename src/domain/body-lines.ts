import { PLAIN } from './storage-elements.ts';
import type { Attributes } from './storage-tags.ts';

/** A date element of a line, with the text before it. */
export interface LineTime {
  readonly before: string;
  readonly datetime: string;
}

/** Told of what a body says, line by line; a line is a paragraph, heading, item or cell as a reader sees it, without code. */
export interface LineReader {
  line(text: string, times: readonly LineTime[]): void;
  /** A row of a table begins or ends. */
  row(): void;
  /** A cell begins; `heading` where it is one of headings. */
  cell(heading: boolean): void;
  /** One of the elements in which people write steps begins. */
  steps(name: string): void;
  /** A hint of the template that nobody has replaced. */
  hint(): void;
}

type Role = 'task' | 'line' | 'row' | 'cell' | 'time' | 'code' | 'steps' | 'hint' | 'macro' | 'parameter';

/** One look-up for each event: this runs over every element of a site. */
const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
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
/** The elements that it has to be told of. */
export const LINED: readonly string[] = [...ROLES.keys()];
/** A longer line is no statement about the page; what comes after this is not read. */
const MAX_LINE = 8_000;

/** Cuts a body into lines and tells its reader; fed with the events of `readStorage`. */
export function createLines(reader: LineReader) {
  const undated: readonly LineTime[] = [];
  let text = '';
  let times: LineTime[] | null = null;
  let code = 0;
  let tasks = 0;
  /** A coloured word (the macro `status`) is text to whoever reads the page, though it stands in a parameter. */
  const statusMacros: boolean[] = [];
  let lozenge = false;

  const endLine = (): void => {
    if (text === '' && times === null) return;
    const line = text.trim();
    const dated = times ?? undated;
    text = '';
    times = null;
    if (line !== '' || dated.length > 0) reader.line(line, dated);
  };

  return {
    open(name: string, attributes: Attributes): void {
      const role = ROLES.get(name);
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
        times.push({ before: text, datetime: attributes.get('datetime') ?? '' });
      } else if (role === 'code') {
        code += 1;
        if (name !== 'code') reader.steps(name);
      } else if (role === 'macro') statusMacros.push(attributes.get('ac:name') === 'status');
      else if (role === 'parameter') lozenge = statusMacros.at(-1) === true && attributes.get('ac:name') === 'title';
      else if (role === 'hint') reader.hint();
      else reader.steps(name);
    },
    close(name: string): void {
      const role = ROLES.get(name);
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
    text(chunk: string, seen: boolean): void {
      if (code > 0 || (!seen && !lozenge) || text.length > MAX_LINE) return;
      text += chunk.length > MAX_LINE ? chunk.slice(0, MAX_LINE) : chunk;
    },
    end: endLine,
  };
}
