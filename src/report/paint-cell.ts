import { coloured, type Ink, linked } from '../domain/ink.ts';

export type Paint = (text: string, column: number) => string;

/** Severities and outcomes in their colours; a title leads to its page. Without ink every text stays as it is. */
export function painter(
  columns: readonly string[],
  row: readonly string[],
  address: string | undefined,
  ink: Ink,
): Paint {
  const url = address ?? row[columns.indexOf('page_url')] ?? '';
  return (text, column) =>
    /^page_(?:title|url)$/.test(columns[column] ?? '')
      ? linked(text, url, ink)
      : coloured(text, row[column] ?? '', ink);
}
