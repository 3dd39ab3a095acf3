import { QuoteType, Tokenizer } from 'htmlparser2';
import { createReferenceDecoder } from './character-references.ts';

export interface StorageHandler {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  /** Comes once for every `open`, innermost first, also where the markup forgot to close. */
  close(name: string): void;
  /** Character data with its references decoded; CDATA as it stands. */
  text(text: string): void;
}

/** Control characters that XML 1.0 forbids: https://www.w3.org/TR/xml/#charsets */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F]/;

/**
 * Reads storage format (an XML fragment with HTML's character references) in one pass whose time grows with the length
 * alone. Answers whether it was well formed; where it was not, the events still say what could be read.
 *
 * The tokenizer is used without htmlparser2's `Parser`: that one shifts an array for every element, which takes minutes for
 * a megabyte of unclosed tags, and does not tell of closing tags that nothing opened.
 */
export function readStorage(storage: string, handler: StorageHandler): boolean {
  // A tag that was cut off at the end raises no event.
  let wellFormed = !FORBIDDEN.test(storage) && storage.lastIndexOf('<') <= storage.lastIndexOf('>');
  const broken = (): void => {
    wellFormed = false;
  };
  const decode = createReferenceDecoder(broken);
  const stack: string[] = [];
  const openCount = new Map<string, number>();
  let tag: { readonly name: string; readonly attributes: Map<string, string> } | null = null;
  let attributeName = '';
  let attributeValue = '';

  const open = (): void => {
    if (tag === null) return;
    stack.push(tag.name);
    openCount.set(tag.name, (openCount.get(tag.name) ?? 0) + 1);
    handler.open(tag.name, tag.attributes);
    tag = null;
  };

  const closeInnermost = (): string | undefined => {
    const name = stack.pop();
    if (name === undefined) return undefined;
    openCount.set(name, (openCount.get(name) ?? 0) - 1);
    handler.close(name);
    return name;
  };

  const closeUpTo = (name: string): void => {
    if ((openCount.get(name) ?? 0) === 0) return broken();
    while (closeInnermost() !== name) broken();
  };

  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: false },
    {
      onopentagname(start, end) {
        tag = { name: storage.slice(start, end), attributes: new Map() };
      },
      onattribname(start, end) {
        attributeName = storage.slice(start, end);
        attributeValue = '';
      },
      onattribdata(start, end) {
        attributeValue = storage.slice(start, end);
      },
      onattribend(quote) {
        if (quote === QuoteType.NoValue || quote === QuoteType.Unquoted || attributeValue.includes('<')) broken();
        if (tag?.attributes.has(attributeName)) broken();
        else tag?.attributes.set(attributeName, decode(attributeValue));
      },
      onopentagend: open,
      onselfclosingtag() {
        open();
        closeInnermost();
      },
      onclosetag(start, end) {
        closeUpTo(storage.slice(start, end));
      },
      ontext(start, end) {
        const raw = storage.slice(start, end);
        if (raw.startsWith('<')) broken();
        handler.text(decode(raw));
      },
      oncdata(start, end, offset) {
        if (end === storage.length) broken();
        handler.text(storage.slice(start, end - offset));
      },
      oncomment(_start, end) {
        if (end === storage.length) broken();
      },
      onattribentity() {},
      ontextentity() {},
      ondeclaration() {},
      onprocessinginstruction() {},
      onend() {},
    },
  );
  tokenizer.write(storage);
  tokenizer.end();

  if (tag !== null || stack.length > 0) broken();
  while (closeInnermost() !== undefined);
  return wellFormed;
}
