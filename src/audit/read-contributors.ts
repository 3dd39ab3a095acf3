import { z } from 'zod';
import { paginate } from '../confluence/paginate.ts';
import { peopleBehind } from '../domain/contributors.ts';
import type { Account } from '../domain/inventory.ts';
import { upsertAccounts } from '../store/accounts.ts';
import { type Contributors, saveContributors } from '../store/contributors.ts';
import type { PageMaterial } from '../store/page-material.ts';
import { type Night, inRun } from './night.ts';
import { pageBatches } from './page-batches.ts';

const RULE = 'bus-factor-one';
/** So many are a crowd, whoever of them is ignored. */
const ENOUGH = 50;

const options = z.object({ ignoreAuthors: z.array(z.string()).default([]) });

/**
 * Reads who wrote the runbooks of which creator, last editor and what is remembered show one person at most: one list of versions for 50
 * of them, once, and later only what is newer.
 */
export async function readContributors(night: Night): Promise<void> {
  for await (const batch of pageBatches(night, { onlyRunbooks: true })) {
    for (const material of batch.pages.filter((each) => isSuspect(each, batch.accounts))) {
      const contributors = await contributorsOf(night, material);
      const unknown = contributors.ids.filter((id) => !batch.accounts.has(id));
      const accounts = unknown.length === 0 ? [] : await night.confluence.accounts(unknown);
      await inRun(night, async (tx) => {
        await upsertAccounts(tx, accounts);
        await saveContributors(tx, [{ pageId: material.page.id, contributors }]);
      });
    }
  }
}

function isSuspect(material: PageMaterial, accounts: ReadonlyMap<string, Account>): boolean {
  const setting = material.rules[RULE] ?? null;
  if (setting === null || material.exempt) return false;
  const { ids, complete } = peopleBehind({ ...material, accounts }, options.parse(setting.options).ignoreAuthors);
  return !complete && ids.length < 2;
}

async function contributorsOf(night: Night, { page, knownContributors }: PageMaterial): Promise<Contributors> {
  const ids = new Set(knownContributors?.ids);
  const { id, contentType, version } = page;
  for await (const list of paginate((cursor) => night.confluence.versions(id, { contentType, cursor }))) {
    for (const { authorId } of list.items) if (authorId !== null) ids.add(authorId);
    if (ids.size >= ENOUGH || list.items.some(({ number }) => number <= (knownContributors?.upTo ?? 0))) break;
  }
  return { upTo: version.number, ids: [...ids].toSorted() };
}
