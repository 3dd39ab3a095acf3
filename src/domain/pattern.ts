import { RE2JS, RE2JSSyntaxException } from 're2js';

/** A longer pattern is a list of words rather than a pattern. */
const MAX_SOURCE = 300;
/** Work grows with the size of the compiled pattern times the length of the text, so both have a bound. */
const MAX_SIZE = 1_000;
const MAX_TEXT = 1_000_000;

/** A regular expression whose work grows with the length of the text and not beyond, whatever it says. */
export interface Pattern {
  /** Where the first match begins; null where there is none. */
  find(text: string): number | null;
}

/**
 * Compiles a pattern in the syntax of RE2 (https://github.com/google/re2/wiki/Syntax): no look-around and no back references,
 * which cannot be had in linear time. `^` and `$` stand for the ends of lines. Says why where it cannot be used.
 */
export function compilePattern(source: string): { readonly pattern: Pattern } | { readonly why: string } {
  if (source.length > MAX_SOURCE) return { why: `is longer than ${MAX_SOURCE} characters` };
  try {
    const compiled = RE2JS.compile(source, RE2JS.MULTILINE);
    if (compiled.programSize() > MAX_SIZE) return { why: 'repeats too much to be searched for in every page' };
    const find = (text: string): number | null => {
      const matcher = compiled.matcher(text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text);
      return matcher.find() ? matcher.start() : null;
    };
    return { pattern: { find } };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    return { why: 'is no pattern that can be searched for in linear time' };
  }
}

/** A pattern that was checked before. */
export function patternOf(source: string): Pattern {
  const compiled = compilePattern(source);
  if ('why' in compiled) throw new RangeError(`The pattern ${compiled.why}.`);
  return compiled.pattern;
}
