import { z } from 'zod';
import { paginate } from '../confluence/paginate.ts';
import { peopleBehind } from '../domain/contributors.ts';
import { asAuditError } from '../domain/errors.ts';
import type { Account } from '../domain/inventory.ts';
import { upsertAccounts } from '../store/accounts.ts';
import { type Contributors, saveContributors } from '../store/contributors.ts';
import type { PageMaterial } from '../store/page-material.ts';
import { type Night, inRun } from './night.ts';
import { pageBatches } from './page-batches.ts';
import { logUnreadable } from './unreadable.ts';

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
      if (contributors === null) continue;
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

/** Null where they cannot be told: the page was deleted since all of its space was listed, or one of its versions cannot be read. */
async function contributorsOf(night: Night, material: PageMaterial): Promise<Contributors | null> {
  try {
    return await readVersions(night, material);
  } catch (error) {
    if (asAuditError(error)?.code !== 'not-found') throw error;
    return null;
  }
}

async function readVersions(night: Night, { page, knownContributors }: PageMaterial): Promise<Contributors | null> {
  const ids = new Set(knownContributors?.ids);
  const { id, contentType, version } = page;
  for await (const list of paginate((cursor) => night.confluence.versions(id, { contentType, cursor }))) {
    logUnreadable(night, 'versions', list.invalid);
    if (list.invalid.length > 0) return null;
    for (const { authorId } of list.items) if (authorId !== null) ids.add(authorId);
    if (ids.size >= ENOUGH || list.items.some(({ number }) => number <= (knownContributors?.upTo ?? 0))) break;
  }
  return { upTo: version.number, ids: [...ids].toSorted() };
}
