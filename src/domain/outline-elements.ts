import { MACRO, PLAIN } from './storage-elements.ts';

export type OutlineRole =
  | 'heading'
  | 'bold'
  | 'block'
  | 'plain'
  | 'macro'
  | 'parameter'
  | 'node'
  | 'showing'
  | 'time'
  | 'address';

/** The elements that it has to be told of, and what each is to it. */
export const OUTLINED: ReadonlyMap<string, OutlineRole> = new Map<string, OutlineRole>([
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [name, 'heading'] as const),
  ...['strong', 'b'].map((name) => [name, 'bold'] as const),
  ...['p', 'td', 'th', 'li', 'div'].map((name) => [name, 'block'] as const),
  ...[...PLAIN].map((name) => [name, 'plain'] as const),
  ...[...MACRO].map((name) => [name, 'macro'] as const),
  ['ac:parameter', 'parameter'],
  ['ac:adf-node', 'node'],
  ['time', 'time'],
  ['a', 'address'],
  // What a reader sees although it has no text, but for dates: pictures, files, people, other pages.
  ...'ac:image ri:attachment ri:page ri:blog-post ri:user ri:content-entity ri:shortcut ri:space'
    .split(' ')
    .map((name) => [name, 'showing'] as const),
]);
/** Macros that only frame or mark the text that is in them; every other one draws something of its own. */
export const FRAMES: ReadonlySet<string> = new Set(
  `anchor aura-divider aura-panel code column details div excerpt expand info layout-cell multiexcerpt-macro noformat note panel quote
  section span status tip toc toc-zone warning`.split(/\s+/),
);
/** Nodes of the editor's own format that hold text and nothing else. */
export const TEXT_NODES: ReadonlySet<string> = new Set(['panel', 'decision-list', 'decision-item']);

/** An element as it concerns the outline. */
export interface OutlineElement {
  readonly name: string;
  readonly outlined: OutlineRole | undefined;
}
