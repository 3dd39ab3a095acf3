import * as fc from 'fast-check';

const NAMES = [
  'p',
  'h2',
  'strong',
  'td',
  'tr',
  'ac:structured-macro',
  'ac:parameter',
  'ac:link',
  'ri:page',
  'x',
  'time',
];
const KEYS = ['ac:name', 'ri:content-title', 'href', 'local-id', 'id', 'datetime'];
const REFERENCES = ['&amp;', '&lt;', '&nbsp;', '&quot;', '&uuml;', '&#160;', '&#xe9;', '&rarr;', '&hearts;', '&ngE;'];

const word = fc.oneof(
  fc.constantFrom('Steps', 'Owner', 'TBD', 'Last tested: 2027-05-01', '1. restart', '手順', '🔧', 'é', '>', ' ', '\n'),
  fc.constantFrom(...REFERENCES),
  fc.stringMatching(/^[a-zA-Z0-9 .:#@+-]{0,12}$/),
);
const words = fc.array(word, { maxLength: 5 }).map((all) => all.join(' '));
const attributes = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...KEYS), words, fc.constantFrom('"', "'")), {
    maxLength: 4,
    selector: ([key]) => key,
  })
  .map((all) => all.map(([key, value, quote]) => ` ${key}=${quote}${value}${quote}`).join(''));

/** Markup that is well formed: elements in each other, however deep, with text, CDATA and comments between them. */
export const storage: fc.Arbitrary<string> = fc.letrec<{ node: string; nodes: string }>((tie) => ({
  nodes: fc.array(tie('node'), { maxLength: 5, depthIdentifier: 'depth' }).map((all) => all.join('')),
  node: fc.oneof(
    { maxDepth: 8, depthSize: 'large', depthIdentifier: 'depth' },
    words,
    fc.stringMatching(/^[a-z<>&\]-]{0,12}$/).map((text) => `<![CDATA[${text.replaceAll(']]>', '')}]]>`),
    fc.stringMatching(/^[a-z<>& ]{0,12}$/).map((text) => `<!--${text}-->`),
    fc.tuple(fc.constantFrom(...NAMES), attributes).map(([name, more]) => `<${name}${more} />`),
    fc
      .tuple(fc.constantFrom(...NAMES), attributes, tie('nodes'))
      .map(([name, more, inside]) => `<${name}${more}>${inside}</${name}>`),
  ),
})).nodes;

const PIECES =
  `< > / </ /> = " ' ! ? & ; - -- --> --! <!-- <! <![CDATA[ <![CDA ]]> ] ]] <? ?> <p> </p> <b> </b> <br/> <a </a > x= x="1" y='2' z=3
  ac:name=" &amp; &foo; &#0; &# \0 \u0008 \ud800 text \u00fc \u4e00`
    .split(/\s+/)
    .concat(' ', '\n', '\f');

/** Pieces of markup in any order, and markup of which a piece is missing, doubled or put elsewhere. */
export const brokenStorage: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PIECES) }, { weight: 1, arbitrary: fc.string() }), {
      maxLength: 30,
    })
    .map((all) => all.join('')),
  fc.tuple(storage, fc.nat(), fc.nat({ max: 6 }), fc.constantFrom('', ...PIECES)).map(([text, place, cut, piece]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + piece + text.slice(at + cut);
  }),
);
