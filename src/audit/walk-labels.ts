import { groupSpaces } from '../domain/space-groups.ts';
import { labelsOfInterest } from '../domain/label-interest.ts';
import type { LabelsAndRestrictions, Space } from '../domain/inventory.ts';
import { ROWS, SPACES } from '../domain/list-sizes.ts';
import type { Searched } from '../confluence/cql.ts';
import { asAuditError } from '../domain/errors.ts';
import type { TenantTx } from '../store/db.ts';
import { forgetRestrictions, saveLabelsAndRestrictions } from '../store/pages.ts';
import { pagesToLabelIn } from '../store/pages-to-label.ts';
import { countSeen } from '../store/seen-pages.ts';
import { type Night, inRun, read } from './night.ts';
import { toTheEnd, walkList, walkOver } from './walk-list.ts';
import type { Listing } from './plan-listing.ts';
import { sideBySide } from './side-by-side.ts';
import type { Walked } from './walk-pages.ts';

/** Two searches tell everything of so many pages; asking only for what matters would take as many. */
export const FEW = 2 * ROWS.search;

/** What the bulk search of a night covered: every page of some spaces, or only those with labels that decide something. */
export interface LabelPlan {
  /** A search over all of their pages came to its end. */
  readonly searched: readonly Space[];
  /** The search over them failed because of some page: every page of theirs is read by id. */
  readonly byId: readonly Space[];
  /** Empty where every page is read anyway. */
  readonly interest: readonly string[];
  /** Whether pages that were listed as changed have to be read one by one as well. */
  readonly changedToo: boolean;
}

/**
 * Reads labels and each page's own restriction lists in bulk through v1 search: of every page where a rule needs them everywhere or where
 * there are few, otherwise of the pages that carry a label which decides something. What is left is read by id (`readWatched`).
 */
export async function walkLabels(
  night: Night,
  { full, changed }: Walked,
  { pagesOf }: Pick<Listing, 'pagesOf'>,
): Promise<LabelPlan> {
  const all = [...full, ...changed];
  const interest = labelsOfInterest(night.settings, night.rules);
  const few =
    (await read(night, (tx) => countSeen(tx, night.run))) <= (night.listing.few ?? FEW) &&
    all.length <= SPACES.perQuery;
  const everyPageOf = few ? all : interest === null ? full : [];
  const contentTypes = night.settings.content;
  const went: Record<Went, Space[]> = { whole: [], broken: [], refused: [] };
  const searchGroup = async (group: readonly Space[]): Promise<void> => {
    const spaceKeys = group.map(({ key }) => key);
    went[await searchAll(night, walkOver('labels', spaceKeys), { spaceKeys, contentTypes })].push(...group);
  };
  const groups = groupSpaces(everyPageOf, pagesOf, SPACES.perQuery);
  await sideBySide(
    night.settings.limits.maxConcurrency,
    groups.map((group) => () => searchGroup(group)),
  );
  await forgetUnread(night, went.broken);
  const labels = few ? [] : (interest ?? []);
  if (labels.length > 0 && all.length > 0) {
    // Long lists of keys would take several searches for what one over the whole site tells.
    const spaceKeys = all.length <= SPACES.perQuery ? all.map(({ key }) => key) : undefined;
    const how = await searchAll(night, walkOver('labels:of-interest', [...labels, ...(spaceKeys ?? [])]), {
      spaceKeys,
      labels,
      contentTypes,
    });
    if (how === 'refused')
      night.shortfalls.push({
        reason: 'unexpected',
        detail: 'The search for pages with labels that matter was refused.',
      });
  }
  return { searched: went.whole, byId: went.refused, interest: labels, changedToo: !few && interest === null };
}

type Went = 'whole' | 'broken' | 'refused';

async function searchAll(night: Night, walk: string, searched: Searched): Promise<Went> {
  try {
    const whole = await toTheEnd(night, 'Labels and restrictions', () => search(night, walk, searched));
    return whole ? 'whole' : 'broken';
  } catch (error) {
    // One page that the search cannot show fails all its results: CONFCLOUD-77618.
    if (asAuditError(error)?.code !== 'not-found') throw error;
    night.log.warn('A search for labels and restrictions found what it may not show', { step: walk });
    return 'refused';
  }
}

/** Old lists must not pass for today's: rules that need them answer skip. */
async function forgetUnread(night: Night, spaces: readonly Space[]): Promise<void> {
  if (spaces.length === 0) return;
  const spaceIds = spaces.map(({ id }) => id);
  await inRun(night, async (tx) => {
    const unread = await pagesToLabelIn(tx, night.run, spaceIds);
    await forgetRestrictions(
      tx,
      unread.map(({ pageId }) => pageId),
    );
  });
}

/** Follows one search to its end and saves what it shows whole; a row that may be cut short counts as not shown. */
export const search = (night: Night, walk: string, searched: Searched): Promise<void> =>
  walkList(
    night,
    walk,
    (at) => night.confluence.labelsAndRestrictions({ ...searched, ...at }),
    (tx, items) => saveWhole(night, tx, items),
  );

async function saveWhole(night: Night, tx: TenantTx, items: readonly LabelsAndRestrictions[]): Promise<string[]> {
  const whole = items.filter((item) => !item.truncated);
  await saveLabelsAndRestrictions(tx, { runId: night.run.runId, rows: whole });
  return whole.map((item) => item.pageId);
}
