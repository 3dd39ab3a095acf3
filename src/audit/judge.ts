import type { JudgedResult } from '../domain/judge.ts';
import { judgePage } from '../domain/judge.ts';
import type { PageRule, RuleContext } from '../domain/rule.ts';
import { type FindingInput, type JudgedPair, type UnjudgedInput, closeOutOfScope, dropStaleUnjudged, reconcile, resolveGone, saveUnjudged } from '../store/findings.ts';
import { type PageMaterial, streamPages } from '../store/page-material.ts';
import { confirmSuspects } from './confirm-suspects.ts';
import { judgeSets } from './judge-sets.ts';
import { type Night, inRun, read } from './night.ts';
import { pageView } from './page-view.ts';

/** What one rule says of one page; no result at all means ok. */
export interface Verdict {
  readonly rule: PageRule;
  readonly material: PageMaterial;
  readonly results: readonly JudgedResult[];
}

/**
 * CHECK, RECONCILE, save: runs every enabled rule over the inventory in batches, confirms suspects, and brings the findings in line.
 * Pages stream from the database; nothing here asks Confluence except for the confirmation of suspects.
 */
export async function judge(night: Night, context: RuleContext): Promise<void> {
  let judgedPages = 0;
  for (let after: string | null = ''; after !== null; ) {
    const from: string = after;
    const batch = await read(night, (tx) => streamPages(tx, night.run, from));
    const verdicts = batch.pages.flatMap((material) => check(night, context, material));
    await settle(night, await confirmSuspects(night, verdicts));
    judgedPages += batch.pages.length;
    night.progress('judged', judgedPages, null);
    after = batch.next;
  }
  await judgeSets(night);
  const runbookRules = [...night.rules.values()].filter((rule) => rule.appliesTo === 'runbooks').map((rule) => rule.id);
  await inRun(night, async (tx) => {
    night.counts.findingsResolved += await resolveGone(tx, night.run);
    await closeOutOfScope(tx, night.run, runbookRules);
    await dropStaleUnjudged(tx, night.run);
  });
}

function check(night: Night, context: RuleContext, material: PageMaterial): Verdict[] {
  const view = pageView(material, context.now);
  return [...night.rules.values()].flatMap((rule) => {
    const setting = material.rules[rule.id];
    if (rule.kind !== 'page' || setting === undefined || setting === null || material.exempt) return [];
    if (rule.appliesTo === 'runbooks' && !material.isRunbook) return [];
    return [{ rule, material, results: judgePage(rule, view(rule.id), context, setting) }];
  });
}

async function settle(night: Night, verdicts: readonly Verdict[]): Promise<void> {
  const found: FindingInput[] = [];
  const unjudged: UnjudgedInput[] = [];
  const judged: JudgedPair[] = [];
  for (const { rule, material, results } of verdicts) {
    const about = describe(night, rule, material);
    for (const { status, ...result } of results) {
      if (status === 'fail' || status === 'warn') found.push({ ...about, ...result, status, findingId: night.newId() });
      if (status === 'error' || status === 'skip') unjudged.push({ ...about, ...result, status });
    }
    if (results.some(({ status }) => status === 'error' || status === 'skip')) continue;
    const closesAs = results.some(({ status }) => status === 'not-applicable') ? 'out_of_scope' : 'resolved';
    judged.push({ ruleId: rule.id, pageId: material.page.id, closesAs });
  }
  await inRun(night, async (tx) => {
    const counts = await reconcile(tx, night.run, found, judged);
    await saveUnjudged(tx, night.run, unjudged);
    night.counts.findingsNew += counts.opened + counts.reopened;
    night.counts.findingsResolved += counts.resolved;
  });
}

/** What the reports say of the page behind a finding. */
function describe(night: Night, rule: PageRule, material: PageMaterial) {
  const { page } = material;
  return {
    pageId: page.id,
    spaceId: page.spaceId,
    spaceKey: material.spaceKey,
    contentType: page.contentType,
    pageTitle: page.title,
    pageUrl: page.webui === null ? null : `${night.settings.site}/wiki${page.webui}`,
    remediation: rule.remediation,
    ownerAccountId: page.ownerId ?? material.humanVersion?.authorId ?? page.version.authorId ?? page.authorId,
  };
}
