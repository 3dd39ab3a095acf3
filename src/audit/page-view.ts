import type { ClockInput } from '../domain/freshness-clock.ts';
import type { PageBatch, PageMaterial } from '../store/page-batches.ts';
import { clockSettings } from './clock-settings.ts';

/** Labels make no version, and this program writes nothing else yet. */
const NO_VERSIONS: ReadonlySet<number> = new Set();

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
  ownVersions: NO_VERSIONS,
  now,
  ...clockSettings(rules),
});
