import { asAuditError } from '../domain/errors.ts';
import { IDS_PER_QUERY } from '../domain/list-sizes.ts';
import { forgetRestrictions, saveLabelsAndRestrictions } from '../store/pages.ts';
import { type PageToLabel, pagesToLabelIn, watchedPages } from '../store/pages-to-label.ts';
import { type Night, inRun, read } from './night.ts';
import { sideBySide } from './side-by-side.ts';
import { toTheEnd, walkOver } from './walk-list.ts';
import { type LabelPlan, search } from './walk-labels.ts';

/**
 * Reads labels and restrictions of the pages that matter and that no search has shown yet: runbooks and what lies above them first by id,
 * many at a time, and then one by one what the search leaves out. The index lags behind the page lists and cuts long lists short, so
 * what it does not show is never taken for absent; such pages count as degraded.
 */
export async function readWatched(night: Night, labels: LabelPlan): Promise<void> {
  const { interest, changedToo: changed } = labels;
  const above = night.needs.has('restrictions');
  const every = { searched: labels.searched.map(({ id }) => id), byId: labels.byId.map(({ id }) => id) };
  const foldersOf = above ? [...every.searched, ...every.byId] : [];
  const wanted = () =>
    read(night, async (tx) => ({
      leftOut: await pagesToLabelIn(tx, night.run, every.searched),
      others: [
        ...(await watchedPages(tx, night.run, { interest, above, changed, foldersOf })),
        ...(await pagesToLabelIn(tx, night.run, every.byId)),
      ],
    }));

  const first = await wanted();
  // What a whole search over its space has left out, a search by id will not show either.
  const leftOut = new Set(first.leftOut.map(({ pageId }) => pageId));
  const ids = [...new Set(first.others.map(({ pageId }) => pageId))].filter((pageId) => !leftOut.has(pageId));
  const batches = Array.from({ length: Math.ceil(ids.length / IDS_PER_QUERY) }, (_, index) =>
    ids.slice(index * IDS_PER_QUERY, (index + 1) * IDS_PER_QUERY),
  );
  const atOnce = night.settings.limits.maxConcurrency;
  await sideBySide(
    atOnce,
    batches.map((batch) => () => readBatch(night, batch)),
  );

  // Where nothing was read the answer is the same.
  const left = ids.length === 0 ? first : await wanted();
  const missed = new Map([...left.leftOut, ...left.others].map((page) => [page.pageId, page]));
  await sideBySide(
    atOnce,
    [...missed.values()].map((page) => () => readDirectly(night, page)),
  );
  if (missed.size > 0) night.log.info('Pages that search left out were read one by one', { count: missed.size });
}

/** A batch that fails because of one of its pages is asked for in halves, down to that page. */
async function readBatch(night: Night, pageIds: readonly string[]): Promise<void> {
  try {
    const contentTypes = [...night.settings.content, 'folder'] as const;
    const walk = walkOver('labels:ids', pageIds);
    await toTheEnd(night, 'Labels and restrictions of runbooks', () => search(night, walk, { pageIds, contentTypes }));
  } catch (error) {
    if (asAuditError(error)?.code !== 'not-found') throw error;
    if (pageIds.length === 1) return;
    const middle = Math.ceil(pageIds.length / 2);
    await readBatch(night, pageIds.slice(0, middle));
    await readBatch(night, pageIds.slice(middle));
  }
}

async function readDirectly(night: Night, { pageId, spaceId, contentType }: PageToLabel): Promise<void> {
  night.degraded.set(spaceId, (night.degraded.get(spaceId) ?? 0) + 1);
  try {
    // A folder has no labels that a rule looks at.
    const labels = contentType === 'folder' ? [] : await night.confluence.labelsOf(pageId, contentType);
    const lists = await night.confluence.restrictionsOf(pageId);
    await inRun(night, (tx) =>
      saveLabelsAndRestrictions(tx, { runId: night.run.runId, rows: [{ pageId, labels, ...lists }] }),
    );
  } catch (error) {
    const code = asAuditError(error)?.code;
    if (code !== 'forbidden' && code !== 'not-found') throw error;
    // Old lists must not pass for today's: rules that need them answer skip.
    await inRun(night, (tx) => forgetRestrictions(tx, [pageId]));
  }
}
