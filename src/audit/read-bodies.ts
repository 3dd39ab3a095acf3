import { FACTS_VERSION, extractFacts } from '../domain/body-facts.ts';
import type { Page } from '../domain/inventory.ts';
import { pagesNeedingBodies, saveFacts } from '../store/facts.ts';
import { type Night, inRun, read } from './night.ts';

/** Bodies of 8 kB make a list of 250 some two megabytes; the boundary's cap is far above. */
const IDS_PER_REQUEST = 250;

/** Reads the bodies of pages whose facts are missing or of another version, draws the facts and forgets the text. */
export async function readBodies(night: Night, ruleIds: readonly string[]): Promise<void> {
  let done = 0;
  for (let after = ''; ; ) {
    const from: string = after;
    const ids = await read(night, (tx) =>
      pagesNeedingBodies(tx, night.run, { factsVersion: FACTS_VERSION, ruleIds, after: from, limit: IDS_PER_REQUEST, all: night.full }),
    );
    if (ids.length === 0) return;
    for (let cursor: string | null = null; ; ) {
      const list = await night.confluence.pagesById({ ids, withBody: true, statuses: ['current'], cursor });
      await inRun(night, (tx) => saveFacts(tx, night.run, list.items.flatMap(factsOf)));
      done += list.items.length;
      night.progress('bodies', done, null);
      if (list.next === null) break;
      cursor = list.next;
    }
    after = ids.at(-1) ?? '';
  }
}

const factsOf = (page: Page) =>
  page.body === undefined ? [] : [{ pageId: page.id, version: page.version.number, factsVersion: FACTS_VERSION, facts: extractFacts(page.body) }];
