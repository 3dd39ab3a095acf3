/** Where the next rows begin, as a word without meaning for whoever hands it back. */
export const printCursor = (offset: number): string => Buffer.from(`o:${offset}`).toString('base64url');

/** The offset behind a cursor; 0 without one, null for a word that is none of ours. */
export function parseCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return 0;
  const [, offset] = /^o:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  return offset === undefined ? null : Number(offset);
}
