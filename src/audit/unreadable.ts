import { FACTS_VERSION } from '../domain/body-facts.ts';
import type { Need } from '../domain/rule.ts';
import type { ListPage } from '../confluence/list.ts';
import type { TenantTx } from '../store/db.ts';
import { type PageMaterial, readPages } from '../store/page-material.ts';
import { seenPages } from '../store/seen-pages.ts';
import { saveUnreadable, type Unreadable, unreadableItems } from '../store/unreadable.ts';
import { type Night, read } from './night.ts';

type Invalid = ListPage<unknown>['invalid'];

/** Keeps what of a list page could not be read out of the inventory, in the same transaction as the rest of it. */
export async function setAside(
  { run }: Night,
  tx: TenantTx,
  { walk, step, invalid }: { walk: string; step: number; invalid: Invalid },
): Promise<void> {
  await saveUnreadable(tx, { runId: run.runId, walk, step, ids: invalid.map(({ id }) => id) });
}

/** Says in the log which fields were wrong; the values are nowhere. */
export function logUnreadable(night: Night, walk: string, invalid: Invalid): void {
  if (invalid.length === 0) return;
  const detail = invalid.slice(0, 5).map(({ id, why }) => `${id ?? 'without an id'}: ${why}`);
  night.log.warn('Items could not be read and were set aside', {
    step: walk,
    count: invalid.length,
    detail: detail.join('; '),
  });
}

/** Lists of which a damaged item leaves rules in doubt. Labels are read again page by page, so they leave none. */
const DOUBTS: Readonly<Record<string, Need>> = { attachments: 'attachments', comments: 'comments' };
const REPAIRED = 'labels:';

/** A run in which something could not be read is not complete, whichever worker met it. */
export async function noteUnreadable(night: Night): Promise<void> {
  for (const { walk, ids, nameless } of await read(night, (tx) => unreadableItems(tx, night.run))) {
    if (walk.startsWith(REPAIRED)) continue;
    const [kind = ''] = walk.split(/[:@]/);
    if (DOUBTS[kind] !== undefined) night.doubtful.add(DOUBTS[kind]);
    const detail = `${ids.length + nameless} item(s) of the list ${walk} could not be read and were set aside.`;
    night.shortfalls.push({ reason: 'unexpected', detail });
  }
}

/** The pages that a list held and nobody could read, as they were known before; they keep their findings and are reported as unjudged. */
export async function unreadablePages(night: Night): Promise<readonly PageMaterial[]> {
  return read(night, async (tx) => {
    const items = await unreadableItems(tx, night.run);
    const ids = items.filter(ofPages).flatMap((item) => item.ids);
    if (ids.length === 0) return [];
    const seen = await tx.rows<{ id: string }>(seenPages(tx, night.run));
    const met = new Set(seen.map(({ id }) => id));
    const wanted = ids.filter((id) => !met.has(id));
    return (
      await readPages(tx, {
        ids: wanted,
        onlyRunbooks: false,
        chainsOf: 'every page',
        factsVersion: FACTS_VERSION,
        run: night.run,
      })
    ).pages;
  });
}

const ofPages = ({ walk }: Unreadable): boolean => walk.startsWith('pages:');
