import type { LabelsAndRestrictions, Space } from '../domain/inventory.ts';
import { pagesNotSeenIn, saveLabelsAndRestrictions } from '../store/pages.ts';
import { addDegraded } from '../store/spaces.ts';
import { type Night, inRun, read } from './night.ts';
import { walkList } from './walk-list.ts';

/** Keys per CQL query: long keys of a hundred spaces still make a URL that every proxy takes. */
const SPACES_PER_QUERY = 50;

/**
 * Reads labels and each page's own restriction lists in bulk through v1 search. The search index lags behind the page lists and may
 * cut a long list short, so a page that search left out or cut is read directly and counted as degraded.
 */
export async function walkLabels(night: Night, spaces: readonly Space[]): Promise<void> {
  for (let start = 0; start < spaces.length; start += SPACES_PER_QUERY) {
    const keys = spaces.slice(start, start + SPACES_PER_QUERY).map((space) => space.key);
    await walkList(
      night,
      `labels:${keys[0]}+${keys.length}`,
      (cursor) => night.confluence.labelsAndRestrictions({ spaceKeys: keys, cursor }),
      async (tx, items) => {
        const whole = items.filter((item) => !item.truncated);
        await saveLabelsAndRestrictions(tx, night.run, whole);
        return whole.map((item) => item.pageId);
      },
    );
  }
  await readLeftOut(night);
}

async function readLeftOut(night: Night): Promise<void> {
  const leftOut = await read(night, (tx) => pagesNotSeenIn(tx, night.run, { seenIn: 'pages:', notSeenIn: 'labels' }));
  for (const page of leftOut) {
    const [labels, lists] = await Promise.all([night.confluence.labelsOf(page.pageId), night.confluence.restrictionsOf(page.pageId)]);
    const item: LabelsAndRestrictions = { pageId: page.pageId, labels, ...lists };
    await inRun(night, async (tx) => {
      await saveLabelsAndRestrictions(tx, night.run, [item]);
      await addDegraded(tx, night.run, page.spaceId);
    });
  }
  if (leftOut.length > 0) night.log.info({ count: leftOut.length }, 'Pages missing from the search index were read one by one');
}
