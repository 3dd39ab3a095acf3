import { FACTS_VERSION } from '../domain/body-facts.ts';
import { type PageBatch, readPages } from '../store/page-material.ts';
import { idsOfStep, seenSteps } from '../store/seen-pages.ts';
import type { TenantTx } from '../store/db.ts';
import { type Night, read } from './night.ts';

/** What is read of the pages that this run has listed, as they were listed; a page that moved while it was listed may come twice. */
export async function* batchesOf<T>(
  night: Night,
  readBatch: (tx: TenantTx, ids: readonly string[]) => Promise<T>,
): AsyncGenerator<T> {
  for (const step of await read(night, (tx) => seenSteps(tx, night.run))) {
    yield await read(night, async (tx) => readBatch(tx, await idsOfStep(tx, night.run, step)));
  }
}

/** The pages with all that rules see of them; no transaction is open while a batch is worked on. */
export async function* pageBatches(
  night: Night,
  filter: { readonly onlyRunbooks: boolean },
): AsyncGenerator<PageBatch> {
  const { run } = night;
  for await (const batch of batchesOf(night, (tx, ids) =>
    readPages(tx, { ...filter, ids, factsVersion: FACTS_VERSION, run }),
  )) {
    if (batch.pages.length > 0) yield batch;
  }
}
