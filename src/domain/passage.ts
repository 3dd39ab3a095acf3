import { isSpace } from './characters.ts';

/**
 * A text that mostly stands in one piece in a body: two places in it, so that nothing is cut out before somebody wants to read it. What
 * markup has parted is put together as a string of its own.
 */
export interface Passage {
  source: string;
  from: number;
  to: number;
}

/** An integer, since places that may be fractions make all of this slow. */
const ANY_LENGTH = 0x3fff_ffff;

export const createPassage = (): Passage => ({ source: '', from: 0, to: 0 });

export const lengthOf = ({ from, to }: Passage): number => to - from;

export const textOf = ({ source, from, to }: Passage): string => source.slice(from, to);

/** Adds what stands in `source` between two places, at most `longest` characters of it. */
export function extend(passage: Passage, source: string, from: number, end: number, longest = ANY_LENGTH): void {
  const to = end - from > longest ? from + longest : end;
  if (passage.from === passage.to) {
    passage.source = source;
    passage.from = from;
    passage.to = to;
  } else {
    passage.source = textOf(passage) + source.slice(from, to);
    passage.from = 0;
    passage.to = passage.source.length;
  }
}

export function clear(passage: Passage): void {
  passage.from = 0;
  passage.to = 0;
}

/** Leaves out white space at both ends, as `trim` does with strings. */
export function trim(passage: Passage): void {
  const { source } = passage;
  let { from, to } = passage;
  while (from < to && isSpace(source.charCodeAt(from))) from += 1;
  while (to > from && isSpace(source.charCodeAt(to - 1))) to -= 1;
  passage.from = from;
  passage.to = to;
}

/** True where a reader sees nothing. */
export function isBlank({ source, from, to }: Passage): boolean {
  for (let at = from; at < to; at += 1) if (!isSpace(source.charCodeAt(at))) return false;
  return true;
}
