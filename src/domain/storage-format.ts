import { createReferenceDecoder } from './character-references.ts';
import { createFinder } from './finder.ts';
import { isName } from './name-table.ts';
import { type Attributes, createTagReader, endsName, isBlank } from './storage-tags.ts';

/** Told of what stands in a body, `E` being what its elements are to the one who reads. */
export interface StorageHandler<E extends { readonly name: string }> {
  /** Which element has the name that stands in the text between two places. */
  element(text: string, from: number, to: number): E;
  /** The attributes hold as long as the call lasts. */
  open(element: E, attributes: Attributes): void;
  /** Comes once for every `open`, innermost first, also where the markup forgot to close. */
  close(element: E): void;
  /** Character data with its references decoded, CDATA as it stands: what stands in `source` between two places. */
  text(source: string, from: number, to: number): void;
}

const BANG = 33;
const DASH = 45;
const SLASH = 47;
const LESS = 60;
const GREATER = 62;
const QUESTION = 63;
const BRACKET = 91;

/** Control characters that XML 1.0 forbids: https://www.w3.org/TR/xml/#charsets */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F]/;

/**
 * Reads storage format (an XML fragment with HTML's character references) in one pass whose time grows with the length
 * alone. Answers whether it was well formed; where it was not, the events still say what could be read.
 *
 * Broken markup is read as htmlparser2's tokenizer reads it in XML mode (test/domain/storage-format.test.ts compares the two);
 * this one looks for the end of a piece at once where that one calls a function for each character.
 */
export function readStorage<E extends { readonly name: string }>(storage: string, handler: StorageHandler<E>): boolean {
  const { length } = storage;
  // A tag that was cut off at the end raises no event.
  let wellFormed = !FORBIDDEN.test(storage) && storage.lastIndexOf('<') <= storage.lastIndexOf('>');
  const broken = (): void => {
    wellFormed = false;
  };
  const decode = createReferenceDecoder(broken);
  const tags = createTagReader(storage, decode, broken);
  const { attributes } = tags;
  const stack: E[] = [];
  /** How many of each name are open; counted from the first mistake on. */
  let openCount: Map<string, number> | null = null;

  const nextReference = createFinder('&');
  const orEnd = (at: number): number => (at < 0 ? length : at);
  const say = (from: number, to: number): void => {
    if (storage.charCodeAt(from) === LESS) broken();
    if (nextReference(storage, from) >= to) return handler.text(storage, from, to);
    const text = decode(storage.slice(from, to));
    handler.text(text, 0, text.length);
  };

  const closeInnermost = (): E | undefined => {
    const element = stack.pop();
    if (element === undefined) return undefined;
    if (openCount !== null) openCount.set(element.name, (openCount.get(element.name) ?? 0) - 1);
    handler.close(element);
    return element;
  };
  const isInnermost = (start: number, stop: number): boolean => {
    const element = stack[stack.length - 1];
    return element !== undefined && isName(element.name, storage, start, stop);
  };
  const closeUpTo = (name: string): void => {
    openCount ??= counted(stack);
    broken();
    if ((openCount.get(name) ?? 0) === 0) return;
    while (closeInnermost()?.name !== name);
  };

  const readText = (from: number): number => {
    const end = orEnd(storage.indexOf('<', from + 1));
    say(from, end);
    return end;
  };
  const readOpening = (start: number): number => {
    let stop = start + 1;
    while (stop < length && !endsName(storage.charCodeAt(stop))) stop += 1;
    if (stop === length) return length;
    const after = tags.read(stop);
    const end = tags.end();
    if (end === 'cut') return length;
    if (end === 'cut after a slash') {
      say(length - 1, length);
      return length;
    }
    const element = handler.element(storage, start, stop);
    handler.open(element, attributes);
    if (end === 'self-closed') handler.close(element);
    else {
      stack.push(element);
      if (openCount !== null) openCount.set(element.name, (openCount.get(element.name) ?? 0) + 1);
    }
    return after;
  };
  /** From `<` on, as the others below: past two characters that say what it is. */
  const readClosing = (from: number): number => {
    // Mostly the innermost element ends, and nothing stands behind its name.
    const expected = stack[stack.length - 1]?.name ?? '';
    const bracket = from + 2 + expected.length;
    if (expected !== '' && storage.charCodeAt(bracket) === GREATER && isName(expected, storage, from + 2, bracket)) {
      closeInnermost();
      return bracket + 1;
    }
    let start = from + 2;
    while (start < length && isBlank(storage.charCodeAt(start))) start += 1;
    const first = storage.charCodeAt(start);
    if (start === length || first === GREATER) return readText(from);
    if (first === SLASH) return skipTo(storage.indexOf('>', start + 1), start);
    let stop = start + 1;
    while (stop < length && !endsName(storage.charCodeAt(stop))) stop += 1;
    if (stop === length) return length;
    if (isInnermost(start, stop)) closeInnermost();
    else closeUpTo(storage.slice(start, stop));
    return storage.charCodeAt(stop) === GREATER ? stop + 1 : skipTo(storage.indexOf('>', stop), length - 1);
  };
  /** Goes on behind the character at `end`; where there is none, what stands from `start` on is text. */
  const skipTo = (end: number, start: number): number => {
    if (end >= 0) return end + 1;
    if (start < length) say(start, length);
    return length;
  };
  const readInstruction = (from: number): number => {
    const end = storage.indexOf('?>', from + 2);
    return skipTo(end < 0 ? end : end + 1, from + 2);
  };
  const readCdata = (start: number): number => {
    const end = storage.indexOf(']]>', start);
    if (end < 0) broken();
    const stop = orEnd(end);
    if (end >= 0 || start < length) handler.text(storage, start, stop);
    return end < 0 ? length : end + 3;
  };
  const readComment = (start: number): number => {
    for (let at = storage.indexOf('--', start); at >= 0; at = storage.indexOf('--', at + 1)) {
      const next = storage.charCodeAt(at + 2);
      if (next === GREATER) return at + 3;
      if (next === BANG && storage.charCodeAt(at + 3) === GREATER) return at + 4;
    }
    broken();
    return length;
  };
  const readDeclaration = (from: number): number => {
    const start = from + 2;
    const first = storage.charCodeAt(start);
    if (first === BRACKET && storage.startsWith('[CDATA[', start)) return readCdata(start + 7);
    if (first === DASH && storage.charCodeAt(start + 1) === DASH) return readComment(start + 2);
    return skipTo(storage.indexOf('>', first === DASH ? start + 2 : start + 1), start);
  };
  const readMarkup = (from: number): number => {
    const next = storage.charCodeAt(from + 1);
    if (next === SLASH) return readClosing(from);
    if (next === BANG) return readDeclaration(from);
    if (next === QUESTION) return readInstruction(from);
    // What follows is no name: then the bracket is text.
    return from + 1 === length || endsName(next) ? readText(from) : readOpening(from + 1);
  };

  for (let at = 0; at < length; ) at = storage.charCodeAt(at) === LESS ? readMarkup(at) : readText(at);
  if (stack.length > 0) broken();
  while (closeInnermost() !== undefined);
  return wellFormed;
}

function counted(elements: readonly { readonly name: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of elements) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
