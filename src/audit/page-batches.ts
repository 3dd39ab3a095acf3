import { FACTS_VERSION } from '../domain/body-facts.ts';
import type { TenantTx } from '../store/db.ts';
import { type PageBatch, type PageFilter, readPages } from '../store/page-material.ts';
import { idsOfSteps, type SeenStep, seenSteps } from '../store/seen-pages.ts';
import { restrictedPages } from './needed-by.ts';
import { type Night, read } from './night.ts';

/** Pages that are worked on at once, unless one list page holds more: each batch takes a handful of statements, whatever its size. */
const BATCH = 500;

/** What is read of the pages that this run has listed, as they were listed; a page that moved while it was listed may come twice. */
export async function* batchesOf<T>(
  night: Night,
  readBatch: (tx: TenantTx, ids: readonly string[]) => Promise<T>,
): AsyncGenerator<T, void> {
  for (const steps of inBatches(await read(night, (tx) => seenSteps(tx, night.run))))
    yield await read(night, async (tx) => readBatch(tx, await idsOfSteps(tx, night.run, steps)));
}

/** The pages with all that rules see of them; no transaction is open while a batch is worked on. */
export async function* pageBatches(
  night: Night,
  filter: Pick<PageFilter, 'onlyRunbooks'>,
): AsyncGenerator<PageBatch, void> {
  const { run } = night;
  const rest = { ...filter, chainsOf: restrictedPages(night.rules), factsVersion: FACTS_VERSION, run };
  for await (const batch of batchesOf(night, (tx, ids) => readPages(tx, { ...rest, ids }))) {
    if (batch.pages.length > 0) yield batch;
  }
}

function* inBatches(steps: readonly SeenStep[]): Generator<readonly SeenStep[]> {
  let batch: SeenStep[] = [];
  let pages = 0;
  for (const step of steps) {
    if (pages > 0 && pages + step.pages > BATCH) {
      yield batch;
      batch = [];
      pages = 0;
    }
    batch.push(step);
    pages += step.pages;
  }
  if (pages > 0) yield batch;
}
