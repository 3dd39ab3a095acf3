import { element, type Markup, type Part } from './markup.ts';

const ELEMENTS = new Set([
  'svg',
  'g',
  'path',
  'text',
  'rect',
  'line',
  'polyline',
  'polygon',
  'circle',
  'defs',
  'clipPath',
]);
const ATTRIBUTES = new Set(
  `d x y x1 x2 y1 y2 width height points cx cy r rx ry transform fill fill-opacity stroke stroke-width stroke-opacity
  stroke-dasharray stroke-linecap stroke-linejoin text-anchor dominant-baseline clip-path id viewBox`.split(/\s+/),
);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const TOKEN = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/gy;

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parts: Part[];
}

/**
 * The drawing of the chart library, taken apart and put together again from what a drawing may hold: shapes and texts, no style, script,
 * link or handler. `name` begins every id in it, so that drawings of one page do not share any. Throws on what is no drawing.
 */
export function chartMarkup(drawn: string, { name, label }: { name: string; label: string }): Markup {
  // Its style sheet is about what a mouse does.
  const svg = drawn.replace(/<style\b[\s\S]*?<\/style>/g, '');
  const open: Open[] = [{ name: '', attributes: {}, parts: [] }];
  TOKEN.lastIndex = 0;
  for (let end = 0; end < svg.length; end = TOKEN.lastIndex) {
    TOKEN.lastIndex = end;
    const token = TOKEN.exec(svg);
    if (token === null) throw new Error(`The chart library drew what is no SVG: ${svg.slice(end, end + 40)}`);
    const [, closing, tag, attributes, empty, text] = token;
    if (text !== undefined) open.at(-1)?.parts.push(decoded(text.trim()));
    else if (closing !== '/') open.push({ name: tag ?? '', attributes: kept(attributes ?? '', name), parts: [] });
    if (closing === '/' || empty === '/') close(open, label);
  }
  const [root] = open;
  const [drawing] = root?.parts.filter((part) => part !== '') ?? [];
  if (open.length !== 1 || drawing === undefined) throw new Error('The chart library drew an SVG without an end.');
  return drawing as Markup;
}

function close(open: Open[], label: string): void {
  const done = open.pop();
  if (done === undefined || !ELEMENTS.has(done.name)) throw new Error(`A chart may hold no <${done?.name ?? ''}>.`);
  const { name, attributes, parts } = done;
  const { width, height, ...shape } = attributes;
  const own =
    name === 'svg'
      ? { class: 'chart', viewBox: `0 0 ${width ?? 0} ${height ?? 0}`, role: 'img', 'aria-label': label }
      : { ...shape, ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
  open.at(-1)?.parts.push(element(name, own, parts));
}

const kept = (attributes: string, name: string): Record<string, string> =>
  Object.fromEntries(
    Array.from(attributes.matchAll(/([\w:-]+)="([^"]*)"/g), ([, key = '', value = '']) => [
      key,
      decoded(value).replace(/\bzr\d+-/g, `${name}-`),
    ]).filter(([key]) => ATTRIBUTES.has(key ?? '')),
  ) as Record<string, string>;

const decoded = (text: string): string =>
  text.replace(/&([a-z]+|#39);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
