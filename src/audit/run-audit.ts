import { applyPlan } from './apply-plan.ts';
import { type AuditDeps, type Order, claim } from './claim.ts';
import { classify } from './classify.ts';
import { estimate } from './estimate.ts';
import { finish } from './finish.ts';
import { judge } from './judge.ts';
import { labelWords } from './label-words.ts';
import type { Night } from './night.ts';
import { plan } from './plan.ts';
import { prove } from './prove.ts';
import { readBodies } from './read-bodies.ts';
import { readAccounts, readHumanVersions } from './read-people.ts';
import { resolveGroups } from './resolve-groups.ts';
import { settleAbsence } from './settle-absence.ts';
import { asFarAsAllowed } from './shortfall.ts';
import type { AuditResult } from '../domain/audit-result.ts';
import { walkAttachments } from './walk-attachments.ts';
import { walkComments } from './walk-comments.ts';
import { walkFolders } from './walk-folders.ts';
import { walkLabels } from './walk-labels.ts';
import { walkPages } from './walk-pages.ts';
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
    await judge(night, { now: night.now(), onCallGroups, labelWords: labelWords(night.settings) });
    await plan(night);
    if (night.mode === 'apply') await applyPlan(night);
    return await finish(night, null);
  } catch (error) {
    return await finish(claimed, error);
  } finally {
    await claimed.close();
  }
}

/** The walk and what it needs to be judged: lists first, then what only some pages need, as far as the limits allow. */
async function inventory(night: Night): Promise<void> {
  const chosen = await walkSpaces(night);
  await estimate(night, chosen);
  const walked = await walkPages(night, chosen);
  await walkLabels(night, walked);
  if (night.needs.has('restrictions')) await walkFolders(night);
  if (night.needs.has('attachments')) await walkAttachments(night);
  await settleAbsence(night, walked);
  await classify(night);
  await asFarAsAllowed(night, async () => {
    await readAccounts(night);
    await readHumanVersions(night);
    if (night.needs.has('comments')) await walkComments(night);
    if (night.needs.has('body')) await readBodies(night);
  });
}
