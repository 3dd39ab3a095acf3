import { paginate } from '../confluence/paginate.ts';
import { FACTS_VERSION, readBody } from '../domain/body-facts.ts';
import type { ContentType, Page } from '../domain/inventory.ts';
import { type PageFacts, pagesNeedingBodies, saveFacts } from '../store/facts.ts';
import { type Night, inRun, read } from './night.ts';

/** Bodies of 8 kB make a list of 250 some two megabytes; the boundary's cap is far above. */
const IDS_PER_REQUEST = 250;

/**
 * Reads the bodies of pages whose facts are missing or of another version, runbooks first, draws the facts, searches the text for
 * secrets and forgets it. Pages that do not answer (gone since they were listed) are left without facts, and rules skip them.
 */
export async function readBodies(night: Night): Promise<void> {
  for (const contentType of night.settings.content) await readBodiesOf(night, contentType);
}

async function readBodiesOf(night: Night, contentType: ContentType): Promise<void> {
  const wanted = await read(night, (tx) =>
    pagesNeedingBodies(tx, night.run, {
      contentType,
      factsVersion: FACTS_VERSION,
      again: night.full,
      // What exempt pages point to counts where links are followed.
      exempt: night.needs.has('links'),
    }),
  );
  let done = 0;
  for (let start = 0; start < wanted.length; start += IDS_PER_REQUEST) {
    const ids = wanted.slice(start, start + IDS_PER_REQUEST);
    for await (const list of paginate((cursor) =>
      night.confluence.pagesById({ contentType, ids, withBody: true, statuses: ['current'], cursor }),
    )) {
      const rows: PageFacts[] = [];
      for (const page of list.items) rows.push(...(await factsOf(night, page)));
      await inRun(night, (tx) => saveFacts(tx, { factsVersion: FACTS_VERSION, rows }));
      done += rows.length;
      night.progress('bodies', done, wanted.length);
    }
  }
}

async function factsOf({ scanBody }: Night, { id, version, body }: Page): Promise<PageFacts[]> {
  if (body === undefined) return [];
  const { facts, text } = readBody(body);
  return [{ pageId: id, versionNumber: version.number, facts: { ...facts, secrets: await scanBody(text) } }];
}
