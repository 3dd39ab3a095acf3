import { INLINE } from './storage-elements.ts';
import type { Attributes } from './storage-tags.ts';

const CELL: ReadonlySet<string> = new Set(['td', 'th']);

/**
 * Collects all text of a body for a search: also macro parameters and addresses, one line for each paragraph, item and row,
 * tabs between the cells of a row. Fed with the events of `readStorage`.
 */
export function createReadableLines() {
  let text = '';
  let cells = 0;
  let fresh = true;

  const boundary = (name: string): void => {
    if (fresh || INLINE.has(name)) return;
    text += cells > 0 ? ' ' : '\n';
    fresh = true;
  };

  return {
    open(name: string, attributes: Attributes): void {
      boundary(name);
      if (CELL.has(name)) cells += 1;
      const address = attributes.get('href') ?? attributes.get('ri:value');
      if (address === undefined) return;
      text += `${address} `;
      fresh = true;
    },
    close(name: string): void {
      if (CELL.has(name)) {
        cells -= 1;
        text += '\t';
        fresh = true;
      } else if (name === 'tr') {
        text += '\n';
        fresh = true;
      } else boundary(name);
    },
    text(chunk: string): void {
      if (chunk === '') return;
      text += chunk;
      fresh = false;
    },
    result: (): string => text,
  };
}
