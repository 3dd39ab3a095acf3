import type { ClockInput } from '../domain/freshness-clock.ts';
import type { PageBatch, PageMaterial } from '../store/page-batches.ts';
import { clockSettings } from './clock-settings.ts';

/** What the freshness clock of a page goes by. */
export const clockInput = (
  { page, labels, humanVersion, rules }: PageMaterial,
  { accounts }: PageBatch,
  now: Date,
): ClockInput => ({
  page,
  labels,
  humanVersion,
  accounts,
  // Labels make no version, and this program writes nothing else yet.
  ownVersions: new Set(),
  now,
  ...clockSettings(rules),
});
