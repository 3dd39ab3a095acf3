import { anyMatch } from '../src/domain/scope.ts';
import type { MatchInput } from './tenant-schema.ts';

/** True where an override may concern a tenant; what it says of pages is looked at page by page. */
export function matchesTenant(
  match: MatchInput,
  tenant: { readonly id: string; readonly tags: Readonly<Record<string, string>> },
): boolean {
  if (match.tenants !== undefined && !anyMatch(match.tenants, [tenant.id])) return false;
  const { tags } = match;
  if (tags === undefined) return true;
  if (Array.isArray(tags)) return Object.entries(tenant.tags).some(([key, value]) => tags.includes(`${key}:${value}`));
  return Object.entries(tags).every(([key, wanted]) => {
    const value = tenant.tags[key];
    return value !== undefined && [wanted].flat().includes(value);
  });
}
