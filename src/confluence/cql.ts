import { AuditError } from '../domain/errors.ts';
import type { ContentType } from '../domain/inventory.ts';

/** A CQL string literal: quoted, with quotes and backslashes escaped. */
export function cqlText(value: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (/[\u0000-\u001f\u007f]/.test(value)) {
    throw new AuditError('request-refused', 'A search value holds a control character.');
  }
  return `"${value.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
}

/** What a search looks for; all that is named has to hold. */
export interface Searched {
  readonly spaceKeys?: readonly string[] | undefined;
  readonly pageIds?: readonly string[] | undefined;
  /** Any of these. */
  readonly labels?: readonly string[] | undefined;
  /** Pages alone unless this says otherwise. */
  readonly contentTypes?: readonly (ContentType | 'folder' | 'attachment')[] | undefined;
}

/** The query for content by its space, its labels or its id. */
export function cqlForPages(q: Searched): string {
  const types = q.contentTypes ?? ['page'];
  const clauses = [types.length === 1 ? `type = ${types[0]}` : `type in (${types.join(', ')})`];
  if (q.spaceKeys !== undefined) clauses.push(`space in (${q.spaceKeys.map(cqlText).join(', ')})`);
  if (q.labels !== undefined) clauses.push(`label in (${q.labels.map(cqlText).join(', ')})`);
  if (q.pageIds !== undefined) clauses.push(`id in (${q.pageIds.map(cqlId).join(', ')})`);
  return clauses.join(' and ');
}

function cqlId(id: string): string {
  if (!/^\d{1,19}$/.test(id)) throw new AuditError('request-refused', 'A content id is not a number.');
  return id;
}
