import { freshnessOf } from '../domain/freshness-clock.ts';
import { type JudgedResult, judgePage, type OptionsOf, rememberOptions } from '../domain/judge.ts';
import type { PageRule, PageView, RuleContext } from '../domain/rule.ts';
import { closeOutOfScope, resolveGone } from '../store/close-findings.ts';
import { type FindingInput, type JudgedPair, reconcile, rulesWithOpenFindings } from '../store/findings.ts';
import type { PageMaterial } from '../store/page-material.ts';
import { refreshStatistics } from '../store/statistics.ts';
import { type UnjudgedInput, dropStaleUnjudged, saveUnjudged } from '../store/unjudged.ts';
import { saveFreshness } from '../store/verdicts.ts';
import { confirmSuspects } from './confirm-suspects.ts';
import { judgeSets } from './judge-sets.ts';
import { type Night, inRun, read } from './night.ts';
import { unreadablePages } from './unreadable.ts';
import { pageBatches } from './page-batches.ts';
import { clockInput } from './clock-input.ts';
import { readAhead } from './read-ahead.ts';

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
  const open = await read(night, rulesWithOpenFindings);
  let pages = 0;
  for await (const judged of readAhead(judgedBatches(night, context, open))) {
    await settle(night, judged);
    pages += judged.pages;
    night.progress('judged', pages, night.counts.pagesSeen);
  }
  await settle(night, outcomeOf(night, await notRead(night), open));
  await judgeSets(night);
  const runbookRules = [...night.rules.values()].filter((rule) => rule.appliesTo === 'runbooks').map((rule) => rule.id);
  await inRun(night, async (tx) => {
    await resolveGone(tx, night.run);
    await closeOutOfScope(tx, night.run, runbookRules);
    await dropStaleUnjudged(tx, night.run, night.onlySpaces);
  });
}

/** What a batch of pages came to: the next one is judged while it is saved. */
interface Judged {
  readonly pages: number;
  readonly found: readonly FindingInput[];
  readonly unjudged: readonly UnjudgedInput[];
  readonly judged: readonly JudgedPair[];
  readonly clocks: readonly ReturnType<typeof clockOf>[];
}

async function* judgedBatches(
  night: Night,
  context: RuleContext,
  open: ReadonlySet<string>,
): AsyncGenerator<Judged, void> {
  const optionsOf = rememberOptions();
  for await (const batch of readAhead(pageBatches(night, { onlyRunbooks: false }))) {
    const verdicts: Verdict[] = [];
    const clocks: ReturnType<typeof clockOf>[] = [];
    for (const material of batch.pages) {
      const freshness = freshnessOf(clockInput(material, batch, context.now));
      const view = { ...material, accounts: batch.accounts, freshness };
      verdicts.push(...check(night, context, material, view, { optionsOf }));
      if (view.isRunbook) clocks.push(clockOf(view));
      await night.breathe();
    }
    yield { ...outcomeOf(night, await confirmSuspects(night, verdicts), open), pages: batch.pages.length, clocks };
  }
}

const clockOf = ({ page, freshness }: PageView) => ({
  pageId: page.id,
  at: freshness.known ? freshness.at : null,
  because: freshness.known ? freshness.because : null,
});

function check(
  night: Night,
  context: RuleContext,
  material: PageMaterial,
  view: PageView,
  { optionsOf, instead }: { readonly optionsOf: OptionsOf; readonly instead?: PageRule['check'] },
): Verdict[] {
  return [...night.rules.values()].flatMap((rule) => {
    const setting = material.rules[rule.id] ?? null;
    if (rule.kind !== 'page' || setting === null || material.exempt) return [];
    if (rule.appliesTo === 'runbooks' && !material.isRunbook) return [];
    const results = judgePage(instead ? { ...rule, check: instead } : rule, view, context, setting, optionsOf);
    const certain = !rule.needs.some((need) => night.doubtful.has(need));
    return [{ rule, material, results: certain ? results : results.map(asPartial) }];
  });
}

const asPartial = (result: JudgedResult): JudgedResult => ({ ...result, confidence: 'partial' });

/** Pages that Confluence listed and described so badly that nobody could read it: unjudged by every rule that is on for them. */
async function notRead(night: Night): Promise<Verdict[]> {
  const reason = 'Confluence described the page in a way that could not be read, so it was not judged.';
  function* skip() {
    yield { status: 'error', confidence: 'partial', reason } as const;
  }
  return (await unreadablePages(night)).flatMap((material) => {
    const view = { ...material, accounts: new Map(), freshness: { known: false, why: reason } } as const;
    const context = { now: night.now(), onCallGroups: [], auditAccountId: night.accountId, labelWords: [] };
    return check(night, context, material, view, { optionsOf: () => null, instead: skip });
  });
}

/** `open`: the rules of which something was open before. */
function outcomeOf(night: Night, verdicts: readonly Verdict[], open: ReadonlySet<string>): Judged {
  const found: FindingInput[] = [];
  const unjudged: UnjudgedInput[] = [];
  const judged: JudgedPair[] = [];
  for (const { rule, material, results } of verdicts) {
    for (const { status, ...result } of results) {
      if (status === 'ok' || status === 'not-applicable') continue;
      const about = describe(night, rule, material);
      if (status === 'fail' || status === 'warn') found.push({ ...about, ...result, status, findingId: night.newId() });
      else unjudged.push({ ...about, ...result, status });
    }
    if (!open.has(rule.id) || results.some(({ status }) => status === 'error' || status === 'skip')) continue;
    const closesAs = results.some(({ status }) => status === 'not-applicable') ? 'out_of_scope' : 'resolved';
    judged.push({ ruleId: rule.id, pageId: material.page.id, closesAs });
  }
  return { pages: 0, found, unjudged, judged, clocks: [] };
}

async function settle(night: Night, { found, unjudged, judged, clocks }: Judged): Promise<void> {
  if (found.length + unjudged.length + judged.length + clocks.length === 0) return;
  await inRun(night, async (tx) => {
    await saveFreshness(tx, clocks);
    await reconcile(tx, night.run, found, judged);
    await saveUnjudged(tx, night.run, unjudged);
    if (found.length > 0) await refreshStatistics(tx);
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
    ownerAccountId: page.ownerId ?? material.humanVersion?.version?.authorId ?? page.version.authorId ?? page.authorId,
  };
}
