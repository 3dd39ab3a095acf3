import { asWithoutTrouble } from './as-without-trouble.ts';
import { comesToAnEnd } from './comes-to-an-end.ts';
import { findingsOfAMoment } from './findings-of-a-moment.ts';
import { knownHostsOnly } from './known-hosts-only.ts';
import { labelsAsWanted } from './labels-as-wanted.ts';
import { noLateWrites } from './no-late-writes.ts';
import { noPageLost } from './no-page-lost.ts';
import { noSecretOutside } from './no-secret-outside.ts';
import { onlyAsJudged } from './only-as-judged.ts';
import { quietWithoutNews } from './quiet-without-news.ts';
import { retriesInBudget } from './retries-in-budget.ts';
import { siteAsLedger } from './site-as-ledger.ts';
import { tenantsApart } from './tenants-apart.ts';
import { undoneStaysAway } from './undone-stays-away.ts';
import { waitsAsAsked } from './waits-as-asked.ts';
import type { Invariant } from './invariant.ts';

/** All promises but I12, the memory, which is held over a whole run of seeds: `memory.ts`. */
export const INVARIANTS: readonly Invariant[] = [
  findingsOfAMoment,
  noPageLost,
  labelsAsWanted,
  noLateWrites,
  siteAsLedger,
  onlyAsJudged,
  tenantsApart,
  noSecretOutside,
  knownHostsOnly,
  waitsAsAsked,
  quietWithoutNews,
  comesToAnEnd,
  asWithoutTrouble,
  undoneStaysAway,
  retriesInBudget,
];
