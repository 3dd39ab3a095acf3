import { FACTS_VERSION } from '../domain/body-facts.ts';
import { type PageBatch, readPages } from '../store/page-material.ts';
import { idsOfStep, seenSteps } from '../store/seen-pages.ts';
import { type Night, read } from './night.ts';

/** The ids of the pages that this run has listed, as they were listed; a page that moved while it was listed may come twice. */
export async function* idBatches(night: Night): AsyncGenerator<readonly string[]> {
  for (const step of await read(night, (tx) => seenSteps(tx, night.run))) {
    yield await read(night, (tx) => idsOfStep(tx, night.run, step));
  }
}

/** The same pages with all that rules see of them; no transaction is open while a batch is worked on. */
export async function* pageBatches(
  night: Night,
  filter: { readonly onlyRunbooks: boolean },
): AsyncGenerator<PageBatch> {
  for await (const ids of idBatches(night)) {
    const batch = await read(night, (tx) => readPages(tx, { ...filter, ids, factsVersion: FACTS_VERSION }));
    if (batch.pages.length > 0) yield batch;
  }
}
