import { Parser } from 'htmlparser2';

const REFERENCE = /&(?:#[xX][0-9a-fA-F]{1,8}|#[0-9]{1,8}|[a-zA-Z][a-zA-Z0-9]{0,31});|&/g;

/** What wikis are full of; a page holds few others. */
const USUAL: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&#39;', "'"],
  ['&#34;', '"'],
  ['&nbsp;', '\u00a0'],
  ['&#160;', '\u00a0'],
  ['&ndash;', '–'],
  ['&mdash;', '—'],
  ['&hellip;', '…'],
  ['&rsquo;', '’'],
  ['&lsquo;', '‘'],
  ['&rdquo;', '”'],
  ['&ldquo;', '“'],
  ['&bdquo;', '„'],
  ['&rarr;', '→'],
  ['&auml;', 'ä'],
  ['&ouml;', 'ö'],
  ['&uuml;', 'ü'],
  ['&Auml;', 'Ä'],
  ['&Ouml;', 'Ö'],
  ['&Uuml;', 'Ü'],
  ['&szlig;', 'ß'],
  ['&eacute;', 'é'],
  ['&egrave;', 'è'],
  ['&agrave;', 'à'],
  ['&middot;', '·'],
  ['&bull;', '•'],
]);

/**
 * Turns `&amp;`, `&#160;`, `&nbsp;` and every other HTML reference into text, once. `onBroken` is told of a bare ampersand
 * and of names that HTML does not know; both stay in the text as they are.
 */
export function createReferenceDecoder(onBroken: () => void): (raw: string) => string {
  let known: Map<string, string | null> | null = null;

  const decode = (reference: string): string => {
    const usual = USUAL.get(reference);
    if (usual !== undefined) return usual;
    known ??= new Map();
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
