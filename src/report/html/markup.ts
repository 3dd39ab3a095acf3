import { escapeHtml } from '../../domain/escape-html.ts';

const MADE: unique symbol = Symbol('markup');

/** HTML that was made here, part by part; no string becomes HTML in another way. */
export interface Markup {
  readonly [MADE]: string;
}

export type Part = Markup | string | number | null | undefined | false | readonly Part[];

/** Where in the HTML a value stands decides how it is escaped, and whether it may stand there at all. */
type Place =
  | { readonly at: 'text' }
  | { readonly at: 'tag'; readonly name: string }
  | { readonly at: 'raw text'; readonly name: string }
  /** `begun`: the template itself says how its value begins. */
  | { readonly at: 'attribute'; readonly name: string; readonly tag: string; readonly begun?: boolean };

/**
 * HTML from a template: values are escaped for the place they stand in. Throws on a value in a tag, in an attribute without quote marks,
 * in `style`, in a handler, and inside of a script or style element, where no escaping helps.
 */
export function html(pieces: TemplateStringsArray, ...values: readonly Part[]): Markup {
  let place: Place = { at: 'text' };
  const written = pieces.map((piece, index) => {
    place = placeAfter(place, piece);
    return index < values.length ? piece + filled(place, values[index]) : piece;
  });
  return { [MADE]: written.join('') };
}

/** An element whose name and attributes are data, as those of a chart are; nothing is in it but its parts. */
export function element(name: string, attributes: Readonly<Record<string, string>>, parts: readonly Part[]): Markup {
  if (!/^[a-z][a-zA-Z]*$/.test(name)) throw new Error(`No element is named ${name}.`);
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${filled({ at: 'attribute', name: key, tag: name }, value)}"`,
  );
  return { [MADE]: `<${name}${written.join('')}>${filled({ at: 'text' }, parts)}</${name}>` };
}

/** A style or script of this program; what could end it is refused, for nothing in it can be escaped. */
export function inlineSource(name: 'style' | 'script', source: string): Markup {
  if (/<\/|<!--/.test(source)) throw new Error(`The ${name} could end before its end.`);
  const kind = name === 'script' ? ' type="module"' : '';
  return { [MADE]: `<${name}${kind}>${source}</${name}>` };
}

/** The text of a document; the only way back to a string. */
export const documentText = (markup: Markup): string => `<!doctype html>\n${markup[MADE]}\n`;

const isMarkup = (part: Part): part is Markup => typeof part === 'object' && part !== null && MADE in part;

function filled(place: Place, part: Part): string {
  if (place.at === 'text') return textOf(part);
  if (place.at !== 'attribute') throw new Error(`No value may stand in the ${place.at} of <${place.name}>.`);
  if (/^on|^style$|^srcdoc$/i.test(place.name)) throw new Error(`No value may stand in ${place.name}="…".`);
  if (typeof part !== 'string' && typeof part !== 'number') throw new Error(`${place.name}="…" takes a text.`);
  const value = String(part);
  const isAddress = /^(?:href|src|action|formaction|xlink:href)$/i.test(place.name);
  return escapeHtml(isAddress && place.begun !== true ? safeAddress(value) : value);
}

function textOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (isMarkup(part)) return part[MADE];
  return typeof part === 'object' ? part.map(textOf).join('') : escapeHtml(String(part));
}

/** What is no web address and no place of the page leads nowhere. */
const safeAddress = (address: string): string => (/^(?:https?:\/\/|#)/i.test(address) ? address : '#refused');

function placeAfter(before: Place, piece: string): Place {
  let place = before;
  let from = 0;
  for (;;) {
    const end = piece.slice(from).search(place.at === 'tag' ? /[">]/ : place.at === 'attribute' ? /"/ : /</);
    if (end === -1) return place.at === 'attribute' && from < piece.length ? { ...place, begun: true } : place;
    const passed = piece.slice(from, from + end);
    const mark = piece[from + end];
    from += end + 1;
    place = next(place, { passed, mark, rest: piece.slice(from) });
  }
}

function next(place: Place, { passed, mark, rest }: { passed: string; mark: string | undefined; rest: string }): Place {
  if (place.at === 'attribute') return { at: 'tag', name: place.tag };
  if (place.at !== 'tag') return { at: 'tag', name: /^\/?[a-zA-Z0-9]*/.exec(rest)?.[0].toLowerCase() ?? '' };
  if (mark === '>') return /^(?:script|style)$/.test(place.name) ? { ...place, at: 'raw text' } : { at: 'text' };
  const name = /([\w:-]+)=$/.exec(passed)?.[1];
  if (name === undefined) throw new Error('A quote mark in a tag without an attribute before it.');
  return { at: 'attribute', name, tag: place.name };
}
