import { z } from 'zod';
import { AuditError } from '../domain/errors.ts';
import type { Account, Group } from '../domain/inventory.ts';
import { ENDPOINTS } from './endpoints.ts';
import { atMost, readList, readObject } from './list.ts';
import type { Ask } from './request.ts';
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
  const accountIds = [...new Set(atMost(250, ids))];
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

const GROUPS_AT_ONCE = 200;
const MOST_GROUP_PAGES = 1_000;

const groupPage = z.looseObject({
  results: z.array(wireGroup),
  _links: z.looseObject({ next: z.string().nullish() }).nullish(),
});

/** All groups of the site. This list is counted by `start`, it has no cursor. */
export async function groups(ask: Ask): Promise<Group[]> {
  const all = new Map<string, Group>();
  let start = 0;
  for (let page = 0; page < MOST_GROUP_PAGES; page += 1) {
    const query = { start, limit: GROUPS_AT_ONCE };
    const { results, _links } = readObject(await ask({ endpoint: ENDPOINTS.groups, query }), groupPage);
    for (const group of results) all.set(group.id, group);
    start += results.length;
    if (results.length === 0 || !_links?.next) return [...all.values()];
  }
  throw new AuditError('cursor-loop', 'The list of groups does not end.');
}
