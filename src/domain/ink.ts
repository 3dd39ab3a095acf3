import { plainLine } from './plain-text.ts';

/** What the place that something is printed to can show beside letters. */
export interface Ink {
  readonly colour: boolean;
  /** Links of terminals. https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda */
  readonly links: boolean;
}

/** Letters alone: files, pipes, and whoever wants it so. */
export const NO_INK: Ink = { colour: false, links: false };

/** What can have a colour: the words of severities, outcomes and states. https://en.wikipedia.org/wiki/ANSI_escape_code#SGR */
const COLOURS: Readonly<Record<string, string>> = {
  critical: '1;31',
  high: '31',
  medium: '33',
  low: '36',
  complete: '32',
  walked: '32',
  partial: '33',
  failed: '31',
  refused: '31',
  gone: '31',
};

/** `text` in the colour of a word; as it is where the word has none. */
export function coloured(text: string, word: string, { colour }: Ink): string {
  const code = colour && text !== '' && Object.hasOwn(COLOURS, word) ? COLOURS[word] : undefined;
  return code === undefined ? text : `\u001b[${code}m${text}\u001b[0m`;
}

/** `text` as a link; as it is where the address is none of the web, or holds what a terminal could take for an end. */
export function linked(text: string, address: string, { links }: Ink): string {
  const target = plainLine(address);
  if (!links || text.trim() === '' || !/^https?:\/\/[\u0021-\u007e]+$/.test(target)) return text;
  return `\u001b]8;;${target}\u001b\\${text}\u001b]8;;\u001b\\`;
}
