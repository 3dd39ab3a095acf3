const DOUBLE_QUOTE = 34;
const AMPERSAND = 38;
const SINGLE_QUOTE = 39;
const SLASH = 47;
const LESS = 60;
const EQUALS = 61;
const GREATER = 62;

/** Attributes of one tag; they are read when asked for, and gone with the next tag. */
export interface Attributes {
  /** The value with its references decoded; undefined where there is none of that name. */
  get(name: string): string | undefined;
  has(name: string): boolean;
  /** Whether there are any at all. */
  any(): boolean;
}

/** How a tag ends; the last two: not at all. */
export type TagEnd = 'open' | 'self-closed' | 'cut' | 'cut after a slash';

export const isBlank = (code: number): boolean =>
  code === 32 || code === 10 || code === 9 || code === 13 || code === 12;
export const endsName = (code: number): boolean =>
  code <= GREATER && (code === GREATER || code === SLASH || isBlank(code));

/** From so many on, a set looks for attributes that stand there twice. */
const MANY = 16;

/**
 * Reads the attributes of one tag after the other, by places in the text: most values are never asked for, so nothing is cut out
 * of it before. `broken` is told of everything that XML does not allow.
 */
export function createTagReader(storage: string, decode: (raw: string) => string, broken: () => void) {
  const { length } = storage;
  /** Four places for each attribute: where its name and its value begin and end. */
  const places: number[] = [];
  let count = 0;
  let names: Set<string> | null = null;
  let end: TagEnd = 'cut';

  /** Answers which attribute has the name that stands in `text` from `from` on. */
  const find = (text: string, from: number, size: number): number => {
    for (let at = 0; at < count; at += 4) {
      const start = places[at] ?? 0;
      if ((places[at + 1] ?? 0) - start !== size) continue;
      let same = 0;
      while (same < size && storage.charCodeAt(start + same) === text.charCodeAt(from + same)) same += 1;
      if (same === size) return at;
    }
    return -1;
  };
  const isKnown = (start: number, stop: number): boolean => {
    if (count < 4 * MANY) return find(storage, start, stop - start) >= 0;
    if (names === null) {
      names = new Set();
      for (let at = 0; at < count; at += 4) names.add(storage.slice(places[at], places[at + 1]));
    }
    const name = storage.slice(start, stop);
    if (names.has(name)) return true;
    names.add(name);
    return false;
  };
  const add = (start: number, stop: number, valueStart: number, valueEnd: number): void => {
    if (isKnown(start, stop)) return broken();
    places[count] = start;
    places[count + 1] = stop;
    places[count + 2] = valueStart;
    places[count + 3] = valueEnd;
    count += 4;
  };
  const skipBlanks = (from: number): number => {
    let at = from;
    while (at < length && isBlank(storage.charCodeAt(at))) at += 1;
    return at;
  };

  /** Answers where the closing quote stands, or the end of the text. */
  const readQuoted = (from: number, quote: number): number => {
    let references = false;
    let at = from;
    for (; at < length; at += 1) {
      const code = storage.charCodeAt(at);
      if (code === quote) break;
      if (code === LESS) broken();
      else if (code === AMPERSAND) references = true;
    }
    // For the sake of references that nothing knows; the value is decoded again should anybody ask for it.
    if (references) decode(storage.slice(from, at));
    return at;
  };
  const readUnquoted = (from: number): number => {
    let at = from;
    while (at < length && storage.charCodeAt(at) !== GREATER && !isBlank(storage.charCodeAt(at))) at += 1;
    broken();
    return at;
  };
  /** Reads one attribute and answers where it ends. */
  const readAttribute = (start: number): number => {
    let at = start + 1;
    while (at < length && storage.charCodeAt(at) !== EQUALS && !endsName(storage.charCodeAt(at))) at += 1;
    const stop = at;
    at = skipBlanks(at);
    if (at < length && storage.charCodeAt(at) !== EQUALS) {
      broken();
      add(start, stop, at, at);
      return at;
    }
    at = skipBlanks(at + 1);
    const quote = storage.charCodeAt(at);
    if (quote === DOUBLE_QUOTE || quote === SINGLE_QUOTE) {
      const valueEnd = readQuoted(at + 1, quote);
      add(start, stop, at + 1, valueEnd);
      return valueEnd + 1;
    }
    const valueEnd = readUnquoted(at);
    add(start, stop, at, valueEnd);
    return valueEnd;
  };

  const attributes: Attributes = {
    get(name) {
      const at = find(name, 0, name.length);
      return at < 0 ? undefined : decode(storage.slice(places[at + 2], places[at + 3]));
    },
    has: (name) => find(name, 0, name.length) >= 0,
    any: () => count > 0,
  };

  return {
    attributes,
    /** How the tag that was read last ends. */
    end: (): TagEnd => end,
    /** Reads a tag from the end of its name on and answers where what follows it begins. */
    read(from: number): number {
      count = 0;
      names = null;
      end = 'cut';
      let at = from;
      while (at < length) {
        const code = storage.charCodeAt(at);
        if (code === GREATER) {
          end = 'open';
          return at + 1;
        }
        if (code === SLASH) {
          at = skipBlanks(at + 1);
          if (storage.charCodeAt(at) === GREATER) {
            end = 'self-closed';
            return at + 1;
          }
          if (at >= length) end = 'cut after a slash';
        } else if (isBlank(code)) at += 1;
        else at = readAttribute(at);
      }
      broken();
      return length;
    },
  };
}
