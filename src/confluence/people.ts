import { z } from 'zod';
import { AuditError } from '../domain/errors.ts';
import { ROWS } from '../domain/list-sizes.ts';
import type { Account, Group } from '../domain/inventory.ts';
import { ENDPOINTS } from './endpoints.ts';
import { atMost, readList, readObject } from './list.ts';
import type { Answer, Ask } from './request.ts';
import { orNull, wireText } from './wire.ts';

const wireAccount = z
  .looseObject({
    accountId: wireText,
    displayName: orNull(wireText),
    publicName: orNull(wireText),
    accountType: orNull(wireText),
    accountStatus: orNull(wireText),
  })
  .transform(
    ({ accountId, displayName, publicName, accountType, accountStatus }): Account => ({
      id: accountId,
      displayName: displayName || publicName || accountId,
      type: accountType || 'unknown',
      status: accountStatus || 'unknown',
    }),
  );

const wireGroup = z.looseObject({ id: wireText, name: wireText }).transform(({ id, name }): Group => ({ id, name }));

/** Up to 250 accounts; ids that Confluence does not know are absent. Accounts it describes badly are absent too. */
export async function accounts(ask: Ask, ids: readonly string[]): Promise<Account[]> {
  const accountIds = [...new Set(atMost(ROWS.list, ids))];
  if (accountIds.length === 0) return [];
  try {
    return [...readList(await ask({ endpoint: ENDPOINTS.accounts, json: { accountIds } }), wireAccount).items];
  } catch (error) {
    // The answer to a caller who may not view profiles is 404, not 403.
    if (!(error instanceof AuditError && error.code === 'not-found')) throw error;
    throw new AuditError('forbidden', 'The account lacks the permission to view user profiles.', {
      fields: error.fields,
    });
  }
}

const UNREADABLE = z.unknown().transform(() => null);

const AT_ONCE = 200;
const MOST_PAGES = 1_000;

/** All rows of a v1 list, by id; such a list is counted by `start`, it has no cursor. */
async function allByStart<T extends { readonly id: string }>(
  row: z.ZodType<T | null>,
  fetch: (query: { start: number; limit: number }) => Promise<Answer>,
): Promise<T[]> {
  const page = z.looseObject({
    results: z.array(row),
    _links: z.looseObject({ next: z.string().nullish() }).nullish(),
  });
  const all = new Map<string, T>();
  let start = 0;
  for (let turn = 0; turn < MOST_PAGES; turn += 1) {
    const { results, _links } = readObject(await fetch({ start, limit: AT_ONCE }), page);
    for (const each of results) if (each !== null) all.set(each.id, each);
    start += results.length;
    if (results.length === 0 || !_links?.next) return [...all.values()];
  }
  throw new AuditError('cursor-loop', 'A list of groups or members does not end.');
}

/** All groups of the site that it describes well; one that cannot be read does not hide the others. */
export const groups = (ask: Ask): Promise<Group[]> =>
  allByStart(wireGroup.or(UNREADABLE), (query) => ask({ endpoint: ENDPOINTS.groups, query }));

/** All members of a group; of a group that does not exist there are none, and that cannot be told apart. */
export const groupMembers = (ask: Ask, groupId: string): Promise<Account[]> =>
  allByStart(wireAccount, (query) => ask({ endpoint: ENDPOINTS.groupMembers, path: { groupId }, query }));
