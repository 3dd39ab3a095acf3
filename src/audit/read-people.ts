import { paginate } from '../confluence/paginate.ts';
import { type ClockInput, needsVersions } from '../domain/freshness-clock.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { asAuditError } from '../domain/errors.ts';
import { type HumanVersion, carryHumanVersion, pickHumanVersion } from '../domain/human-version.ts';
import type { Page, Version } from '../domain/inventory.ts';
import { quoted } from '../domain/printable.ts';
import { readAccounts as knownAccounts, missingAccounts, namedAccounts, upsertAccounts } from '../store/accounts.ts';
import type { TenantTx } from '../store/db.ts';
import type { PageMaterial } from '../store/page-material.ts';
import { eraseName } from '../store/personal-data.ts';
import { saveHumanVersions } from '../store/verdicts.ts';
import { type Night, inRun, read } from './night.ts';
import { logUnreadable } from './unreadable.ts';
import { pageBatches } from './page-batches.ts';
import { clockInput } from './clock-input.ts';

/** Names and states of accounts change seldom; a week old is known well enough. */
const ACCOUNT_LIFE_MS = 7 * 86_400_000;

/** Everybody who owns, wrote or edited a page and is not known, or not lately. */
export async function staleAccounts({ now }: Pick<Night, 'now'>, tx: TenantTx): Promise<readonly string[]> {
  const olderThan = new Date(now().getTime() - ACCOUNT_LIFE_MS);
  return missingAccounts(tx, { ids: await namedAccounts(tx), olderThan });
}

/** Looks up everybody who owns, wrote or edited a page and is not known, or not lately. */
export async function readAccounts(night: Night): Promise<void> {
  const ids = await read(night, (tx) => staleAccounts(night, tx));
  for (let start = 0; start < ids.length; start += ROWS.list) {
    const asked = ids.slice(start, start + ROWS.list);
    const answered = await night.confluence.accounts(asked);
    // Confluence leaves unknown ids out; remembered as unknown they are not asked for every night.
    const known = new Set(answered.map((account) => account.id));
    const unknown = asked
      .filter((id) => !known.has(id))
      .map((id) => ({ id, displayName: '', type: 'unknown', status: 'unknown' }));
    await inRun(night, async (tx) => {
      const before = await knownAccounts(tx, asked);
      await upsertAccounts(tx, [...answered, ...unknown]);
      for (const { id, displayName, status } of answered) {
        const old = before.get(id)?.displayName ?? '';
        // A name that is not borne any more stands in the reasons of old findings.
        if (old !== '' && (old !== displayName || status === 'closed')) await eraseName(tx, old, quoted);
      }
    });
  }
}

/**
 * Finds the newest version by a person for each runbook whose newest version does not count (a bot's, a minor edit). Once found it is
 * carried from night to night, so a bot that edits nightly costs one list, not one a night.
 */
export async function readHumanVersions(night: Night): Promise<void> {
  for await (const batch of pageBatches(night, { onlyRunbooks: true })) {
    for (const material of batch.pages) {
      const found = material.exempt
        ? null
        : await newlyFound(night, material, clockInput(material, batch, night.now()));
      if (found !== null)
        await inRun(night, (tx) => saveHumanVersions(tx, [{ pageId: material.page.id, human: found }]));
    }
  }
}

/** What there is to remember of a runbook's versions; null where nothing is new. */
async function newlyFound(
  night: Night,
  { page, humanVersion }: PageMaterial,
  clock: ClockInput,
): Promise<HumanVersion | null> {
  if (needsVersions(clock)) return readVersions(night, page, clock).catch(nothingWhereGone);
  const carried = carryHumanVersion(page, humanVersion, clock);
  return carried === null || carried.version?.number === page.version.number || carried.upTo === humanVersion?.upTo
    ? null
    : carried;
}

/** A page that was deleted since all of its space was listed. */
function nothingWhereGone(error: unknown): null {
  if (asAuditError(error)?.code !== 'not-found') throw error;
  return null;
}

async function readVersions(night: Night, { id, contentType }: Page, clock: ClockInput): Promise<HumanVersion | null> {
  const versions: Version[] = [];
  const accounts = new Map(clock.accounts);
  for await (const list of paginate((cursor) => night.confluence.versions(id, { contentType, cursor }))) {
    logUnreadable(night, 'versions', list.invalid);
    // The one that cannot be read may be the one that counts: better to know nothing than to call a page stale.
    if (list.invalid.length > 0) return null;
    versions.push(...list.items);
    // Authors of old versions may be apps that nobody has looked up yet.
    const unknown = new Set(
      list.items.flatMap(({ authorId }) => (authorId === null || accounts.has(authorId) ? [] : [authorId])),
    );
    for (const account of unknown.size === 0 ? [] : await night.confluence.accounts([...unknown]))
      accounts.set(account.id, account);
    const found = pickHumanVersion(versions, { ...clock, accounts }, { complete: list.next === null });
    if (found !== null) return found;
  }
  return null;
}
