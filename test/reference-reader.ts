import { Parser, QuoteType, Tokenizer } from 'htmlparser2';

/** Control characters that XML 1.0 forbids: https://www.w3.org/TR/xml/#charsets */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F]/;

export interface ReferenceHandler {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  close(name: string): void;
  text(text: string): void;
}

/**
 * What `readStorage` was before it had a tokenizer of its own: the events of htmlparser2's. The present one must raise the same,
 * also for markup that is broken, or facts that are stored would no longer be those that are drawn.
 */
export function referenceReader(storage: string, handler: ReferenceHandler): boolean {
  // A tag that was cut off at the end raises no event.
  let wellFormed = !FORBIDDEN.test(storage) && storage.lastIndexOf('<') <= storage.lastIndexOf('>');
  const broken = (): void => {
    wellFormed = false;
  };
  const decode = (raw: string): string =>
    raw.replace(REFERENCE, (reference) => {
      const text = decodeOne(reference);
      if (text === null) broken();
      return text ?? reference;
    });
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

const REFERENCE = /&(?:#[xX][0-9a-fA-F]{1,8}|#[0-9]{1,8}|[a-zA-Z][a-zA-Z0-9]{0,31});|&/g;

/** Null for what is no reference. */
function decodeOne(reference: string): string | null {
  if (reference === '&') return null;
  let text = '';
  const parser = new Parser({ ontext: (chunk) => void (text += chunk) });
  parser.end(reference);
  return text.endsWith(';') && reference !== '&semi;' ? null : text;
}
