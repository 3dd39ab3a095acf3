import type { PageRule, PageView, ResultStatus, Rule, RuleContext, RuleResult, TenantRule } from './rule.ts';
import { oneBelow, rank, SEVERITIES, type Severity } from './severity.ts';
import type { TenantView } from './tenant-view.ts';

/** What one rule says of one subject of one page, with nothing left to default. */
export interface JudgedResult {
  readonly ruleId: string;
  readonly pageId: string;
  readonly status: ResultStatus;
  readonly severity: Severity;
  readonly reason: string;
  readonly subject: { readonly type: NonNullable<RuleResult['subject']>['type']; readonly id: string };
  readonly evidence: NonNullable<RuleResult['evidence']>;
  readonly confidence: 'full' | 'partial';
  readonly confirm: RuleResult['confirm'] | null;
}

/**
 * Runs one page rule. At most one result for each subject (the first wins); subjects that are not named are ok. A rule that
 * throws has judged nothing: its only result is then an `error` that names the class of what was thrown, never its message,
 * which might quote a body.
 */
export function judgePage(
  rule: PageRule,
  view: PageView,
  context: RuleContext,
  { severity, options }: Setting,
  optionsOf: OptionsOf = parsedOptions,
): readonly JudgedResult[] {
  const about = { rule, pageId: view.page.id, severity };
  if (rule.appliesTo === 'runbooks' && !view.isRunbook) {
    return [completed(about, { status: 'not-applicable', reason: 'The page is not a runbook.' })];
  }
  return collect(about, () => rule.check(view, context, optionsOf(rule, options)));
}

/** How a rule gets its options from what is stored of them. */
export type OptionsOf = (rule: Rule, stored: unknown) => unknown;

const parsedOptions: OptionsOf = (rule, stored) => rule.options.parse(stored);

/** Parses the same object for the same rule once: thousands of pages share their options. */
export function rememberOptions(): OptionsOf {
  const known = new Map<Rule, WeakMap<object, unknown>>();
  return (rule, stored) => {
    if (typeof stored !== 'object' || stored === null) return parsedOptions(rule, stored);
    const ofRule = known.get(rule) ?? new WeakMap<object, unknown>();
    known.set(rule, ofRule);
    const parsed = ofRule.get(stored) ?? parsedOptions(rule, stored);
    ofRule.set(stored, parsed);
    return parsed;
  };
}

/** The same for a rule about the tenant itself, whose results name no page. */
export const judgeTenant = (
  rule: TenantRule,
  view: TenantView,
  context: Pick<RuleContext, 'now'>,
  { severity, options }: Setting,
): readonly JudgedResult[] =>
  collect({ rule, pageId: '', severity }, () => rule.check(view, context, rule.options.parse(options)));

interface Setting {
  readonly severity: Severity;
  readonly options: unknown;
}

interface About {
  readonly rule: Rule;
  readonly pageId: string;
  /** What the configuration makes of the rule's own. */
  readonly severity: Severity;
}

const completed = ({ rule, pageId, severity }: About, result: RuleResult): JudgedResult => ({
  ruleId: rule.id,
  pageId,
  status: result.status ?? 'fail',
  severity: severityOf(result, rule.severity, severity),
  reason: result.reason,
  subject: result.subject ?? { type: 'page', id: pageId },
  evidence: result.evidence ?? {},
  confidence: result.confidence ?? 'full',
  confirm: result.confirm ?? null,
});

function collect(about: About, check: () => Iterable<RuleResult>): readonly JudgedResult[] {
  const complete = (result: RuleResult): JudgedResult => completed(about, result);
  const results = new Map<string, JudgedResult>();
  try {
    for (const result of check()) {
      const judged = complete(result);
      const key = `${judged.subject.type}:${judged.subject.id}`;
      if (!results.has(key)) results.set(key, judged);
    }
  } catch (error) {
    const reason = `The rule stopped with an error of the class ${className(error)}, so ${about.pageId === '' ? 'the tenant' : 'the page'} was not judged.`;
    return [complete({ status: 'error', reason })];
  }
  return [...results.values()];
}

/**
 * A result that names a severity of its own keeps its distance from its rule when the configuration raises or lowers the
 * rule: configuring `missing-attachment` as critical makes it high on pages that are no runbooks.
 */
function severityOf(result: RuleResult, ofRule: Severity, configured: Severity): Severity {
  const distance = rank(result.severity ?? ofRule) - rank(ofRule);
  const index = Math.min(Math.max(rank(configured) + distance, 0), SEVERITIES.length - 1);
  const severity = SEVERITIES[index] ?? configured;
  return result.status === 'warn' ? oneBelow(severity) : severity;
}

function className(error: unknown): string {
  const name = error instanceof Error ? error.constructor.name : typeof error;
  return /^\w{1,60}$/.test(name) ? name : 'Error';
}
