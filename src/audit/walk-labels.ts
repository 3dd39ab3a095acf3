import type { ContentType, Space } from '../domain/inventory.ts';
import { SPACES } from '../domain/list-sizes.ts';
import { forgetRestrictions, saveLabelsAndRestrictions } from '../store/pages.ts';
import { pagesWithoutLabels } from '../store/seen-pages.ts';
import { asAuditError } from '../domain/errors.ts';
import { type Night, inRun, read } from './night.ts';
import { walkList } from './walk-list.ts';

interface ListedPage {
  readonly pageId: string;
  readonly spaceId: string;
  readonly contentType: ContentType;
}

/**
 * Reads labels and each page's own restriction lists in bulk through v1 search. The search index lags behind the page lists and may
 * cut a long list short, so a page that search left out or cut is read directly and counted as degraded.
 */
export async function walkLabels(night: Night, spaces: readonly Space[]): Promise<void> {
  for (let start = 0; start < spaces.length; start += SPACES.perQuery) {
    const spaceKeys = spaces.slice(start, start + SPACES.perQuery).map((space) => space.key);
    await walkList(
      night,
      `labels:${spaceKeys[0]}+${spaceKeys.length}`,
      (cursor) => night.confluence.labelsAndRestrictions({ spaceKeys, contentTypes: night.settings.content, cursor }),
      async (tx, items) => {
        const whole = items.filter((item) => !item.truncated);
        await saveLabelsAndRestrictions(tx, { runId: night.run.runId, rows: whole });
        return whole.map((item) => item.pageId);
      },
    );
  }
  const leftOut = await read(night, (tx) => pagesWithoutLabels(tx, night.run));
  for (const page of leftOut) await readDirectly(night, page);
  if (leftOut.length > 0) night.log.info('Pages that search left out were read one by one', { count: leftOut.length });
}

async function readDirectly(night: Night, page: ListedPage): Promise<void> {
  night.degraded.set(page.spaceId, (night.degraded.get(page.spaceId) ?? 0) + 1);
  try {
    const labels = await night.confluence.labelsOf(page.pageId, page.contentType);
    const lists = await night.confluence.restrictionsOf(page.pageId);
    await inRun(night, (tx) =>
      saveLabelsAndRestrictions(tx, { runId: night.run.runId, rows: [{ pageId: page.pageId, labels, ...lists }] }),
    );
  } catch (error) {
    const code = asAuditError(error)?.code;
    if (code !== 'forbidden' && code !== 'not-found') throw error;
    // Old lists must not pass for today's: rules that need them answer skip.
    await inRun(night, (tx) => forgetRestrictions(tx, [page.pageId]));
  }
}
