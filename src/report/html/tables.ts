import { html, type Markup } from './markup.ts';

interface Head {
  readonly name: string;
  readonly kind?: 'num' | 'wide' | 'narrow';
}

interface Table {
  readonly caption: string;
  readonly heads: readonly Head[];
  readonly rows: readonly Markup[];
  /** Offers to sort and, with more than a few rows, to filter; only where a script may run. */
  readonly live?: boolean;
  readonly kind?: string;
}

/** From so many rows on a filter is worth its place. */
const MANY = 20;

/** A table in a box of its own, which scrolls where the page is too narrow; nothing where there is no row. */
export function table({ caption, heads, rows, live = true, kind = 'plain' }: Table): Markup | null {
  if (rows.length === 0) return null;
  const ways = [...(live && rows.length > 1 ? ['sort'] : []), ...(live && rows.length >= MANY ? ['filter'] : [])].join(
    ' ',
  );
  return html`<div class="table ${kind}" role="group" aria-label="${caption}" tabindex="0"><table data-live="${ways}">
    <caption class="unheard">${caption}</caption>
    <thead><tr>${heads.map(({ name, kind: width }) => html`<th scope="col" class="${width ?? 'plain'}">${name}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => [row, '\n'])}</tbody>
  </table></div>`;
}
