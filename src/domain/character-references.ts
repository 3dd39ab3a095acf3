import { Parser } from 'htmlparser2';

const REFERENCE = /&(?:#[xX][0-9a-fA-F]{1,8}|#[0-9]{1,8}|[a-zA-Z][a-zA-Z0-9]{0,31});|&/g;

/**
 * Turns `&amp;`, `&#160;`, `&nbsp;` and every other HTML reference into text, once. `onBroken` is told of a bare ampersand
 * and of names that HTML does not know; both stay in the text as they are.
 */
export function createReferenceDecoder(onBroken: () => void): (raw: string) => string {
  const known = new Map<string, string | null>();

  const decode = (reference: string): string => {
    let text = known.get(reference);
    if (text === undefined) {
      text = decodeOne(reference);
      known.set(reference, text);
    }
    if (text === null) onBroken();
    return text ?? reference;
  };

  return (raw) => (raw.includes('&') ? raw.replace(REFERENCE, decode) : raw);
}

/** Null for what is no reference. The parser is in HTML mode here, because XML itself names only five references. */
function decodeOne(reference: string): string | null {
  if (reference === '&') return null;
  let text = '';
  new Parser({
    ontext: (chunk) => {
      text += chunk;
    },
  }).end(reference);
  // HTML reads an unknown name as far as it can (`&notit;` becomes `¬it;`): then the semicolon is left over.
  return text.endsWith(';') && reference !== '&semi;' ? null : text;
}
