import { applyPlan } from './apply-plan.ts';
import { type AuditDeps, type Order, claim } from './claim.ts';
import { classify } from './classify.ts';
import { estimate } from './estimate.ts';
import { finish } from './finish.ts';
import { judge } from './judge.ts';
import { labelWords } from './label-words.ts';
import { muteFindings } from './mute-findings.ts';
import type { Night } from './night.ts';
import { namedByExpiry } from './past-expiry.ts';
import { plan } from './plan.ts';
import { planListing } from './plan-listing.ts';
import { prove } from './prove.ts';
import { readBodies } from './read-bodies.ts';
import { readContributors } from './read-contributors.ts';
import { readAccounts, readHumanVersions } from './read-people.ts';
import { readMarks } from './read-marks.ts';
import { readSpacePermissions } from './read-space-permissions.ts';
import { resolveGroups } from './resolve-groups.ts';
import { settleAbsence } from './settle-absence.ts';
import { asFarAsAllowed } from './shortfall.ts';
import type { AuditResult } from '../domain/audit-result.ts';
import { noteUnreadable } from './unreadable.ts';
import { walkArchive } from './walk-archive.ts';

import { walkComments } from './walk-comments.ts';
import { walkContent } from './walk-content.ts';
import { walkSpaces } from './walk-spaces.ts';

/**
 * One tenant's night, from claim to finish. Never throws for what happens to one tenant: the outcome and its reason say it. Throws
 * `lease-held` where another worker audits the tenant now.
 */
export async function runAudit(deps: AuditDeps, order: Order): Promise<AuditResult> {
  const claimed = await claim(deps, order);
  try {
    const night = await prove(claimed);
    // Before the walk: a limit that ends it early must not keep what was read from being judged.
    const onCallGroups = await resolveGroups(night);
    await inventory(night);
    const context = { onCallGroups, auditAccountId: night.accountId, labelWords: labelWords(night.settings) };
    await judge(night, { now: night.now(), ...context });
    await muteFindings(night);
    await plan(night);
    if (night.mode === 'apply') await applyPlan(night);
    return await finish(night, null);
  } catch (error) {
    return await finish(claimed, namedByExpiry(claimed, error));
  } finally {
    await claimed.close();
  }
}

/** The walk and what it needs to be judged: lists first, then what only some pages need, as far as the limits allow. */
async function inventory(night: Night): Promise<void> {
  const listing = await estimate(night, await planListing(night, await walkSpaces(night)));
  const walked = await walkContent(night, listing);
  await settleAbsence(night, walked);
  if (night.needs.has('archive')) await walkArchive(night, walked);
  await classify(night);
  await asFarAsAllowed(night, [
    () => readAccounts(night),
    () => readHumanVersions(night),
    async () => void (night.needs.has('comments') && (await walkComments(night))),
    async () => void (night.needs.has('space-permissions') && (await readSpacePermissions(night, walked))),
    async () => void (night.needs.has('body') && (await readBodies(night))),
    () => readMarks(night),
    async () => void (night.needs.has('contributors') && (await readContributors(night))),
  ]);
  await noteUnreadable(night);
}
