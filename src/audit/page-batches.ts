import { FACTS_VERSION } from '../domain/body-facts.ts';
import { type PageBatch, readPages } from '../store/page-batches.ts';
import { type Night, read } from './night.ts';

const BATCH = 500;

/** The pages that this run has listed, in batches by id; no transaction is open while one is worked on. */
export async function* pageBatches(
  night: Night,
  filter: { readonly onlyRunbooks: boolean },
): AsyncGenerator<PageBatch> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const from: string = after;
    const batch = await read(night, (tx) =>
      readPages(tx, { ...filter, run: night.run, factsVersion: FACTS_VERSION, after: from, limit: BATCH }),
    );
    if (batch.pages.length > 0) yield batch;
    after = batch.pages.length < BATCH ? undefined : batch.pages.at(-1)?.page.id;
  }
}
