import { z } from 'zod';
import { daysSince, isOver, isoDay, liesAhead } from './calendar-day.ts';
import { firstMatch, matchesGlob } from './glob.ts';
import { patternOf } from './pattern.ts';
import { quoted } from './printable.ts';
import { type Probe, probeKey } from './probes.ts';
import { defineRule, type Need, type PageRule, type PageView } from './rule.ts';
import type { Severity } from './severity.ts';

type Kind =
  | { readonly heading: string }
  | { readonly text: string }
  | { readonly label: string }
  | { readonly property: { readonly name: string; readonly value: string | null } }
  | { readonly date: CustomDate };

/** A day that a property or the end of a label names: at most so long ago, or over. */
interface CustomDate {
  readonly property: string | null;
  readonly label: string | null;
  readonly maxAgeDays: number | null;
}

/** What a page must have, or must not have. */
export type Condition = Kind & { readonly name: string | null };

/** A rule from outside, as its file describes it; patterns and globs are checked. */
export interface CustomRule {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly severity: Severity;
  readonly remediation: string;
  readonly appliesTo: 'runbooks' | 'pages';
  readonly match: {
    readonly spaces: readonly string[];
    readonly labels: readonly string[];
    readonly titles: readonly string[];
  };
  readonly require: readonly Condition[];
  readonly forbid: readonly Condition[];
  /** With `{missing}`, `{found}`, `{title}` and `{space}`; null for a sentence of our own. */
  readonly reason: string | null;
}

/** Makes a rule of a description: an ordinary rule that is configured, judged, muted and reported like every other. */
export function customRule(given: CustomRule): PageRule {
  const conditions = [...given.require, ...given.forbid];
  const dated = conditions.some((each) => 'date' in each && each.date.maxAgeDays !== null);
  const holds = conditions.map((condition) => createCheck(condition));
  const { id, title, why, severity, remediation, appliesTo } = given;
  const maxAgeDays = z.int().positive().nullable().default(null);
  return defineRule({
    id,
    title,
    why,
    severity,
    remediation,
    appliesTo,
    explanation: [],
    example: '',
    options: dated
      ? z.strictObject({ maxAgeDays: maxAgeDays.describe('In place of the days that the rule itself names.') })
      : z.strictObject({}),
    needs: needsOf(given),
    probes: conditions.flatMap(probesOf),
    *check(view, { now }, options) {
      if (!fits(view, given.match)) {
        yield { status: 'not-applicable', reason: 'The page is none of those that the rule is for.' };
        return;
      }
      const days = (options as { maxAgeDays?: number | null }).maxAgeDays ?? null;
      const answers = holds.map((check) => check(view, now, days));
      const named = (from: number, list: readonly Condition[], wanted: boolean): string[] =>
        list.flatMap((condition, index) => (answers[from + index] === wanted ? describe(condition) : []));
      const missing = named(0, given.require, false);
      const found = named(given.require.length, given.forbid, true);
      if (missing.length + found.length > 0) {
        yield { reason: sentence(given.reason, { missing, found }, view), evidence: { missing, found } };
      } else if (answers.includes(null)) {
        yield { status: 'skip', reason: 'The body has not been read for this rule at this version yet.' };
      }
    },
  });
}

/** Whether a condition holds on a page; null where that is not known yet. */
type Check = (view: PageView, now: Date, maxAgeDays: number | null) => boolean | null;

function createCheck(condition: Condition): Check {
  if ('heading' in condition) {
    const pattern = patternOf(condition.heading);
    return ({ facts }) => facts && facts.headings.some(({ text }) => pattern.find(text) !== null);
  }
  if ('label' in condition) return ({ labels }) => labels.some(({ name }) => matchesGlob(condition.label, name));
  const [probe] = probesOf(condition);
  const answer = ({ facts }: PageView) => (probe === undefined ? undefined : facts?.probes?.[probeKey(probe)]);
  if (!('date' in condition)) {
    return (view) => {
      const told = answer(view);
      return told === undefined ? null : told !== null && (!('fits' in told) || told.fits);
    };
  }
  const { label, maxAgeDays } = condition.date;
  return (view, now, instead) => {
    const told = answer(view);
    if (label === null && told === undefined) return null;
    const days = label === null ? [told && 'day' in told ? told.day : null] : daysOfLabels(view, label);
    return days.some(
      (day) => day !== null && (maxAgeDays === null ? isOver(day, now) : isWithin(day, now, instead ?? maxAgeDays)),
    );
  };
}

/** A day that lies ahead attests nothing. */
const isWithin = (day: string, now: Date, days: number): boolean => !liesAhead(day, now) && daysSince(day, now) <= days;

const daysOfLabels = ({ labels }: PageView, prefix: string): (string | null)[] =>
  labels.map(({ name }) =>
    name.toLowerCase().startsWith(prefix.toLowerCase()) ? isoDay(name.slice(prefix.length)) : null,
  );

const any = (patterns: readonly string[], texts: readonly string[]): boolean =>
  patterns.length === 0 || texts.some((text) => firstMatch(patterns, text) !== null);

function fits({ spaceKey, labels, page }: PageView, { spaces, labels: wanted, titles }: CustomRule['match']): boolean {
  return (
    any(spaces, [spaceKey]) &&
    any(
      wanted,
      labels.map(({ name }) => name),
    ) &&
    any(titles, [page.title])
  );
}

function probesOf(condition: Condition): readonly Probe[] {
  if ('text' in condition) return [{ kind: 'text', pattern: condition.text }];
  if ('property' in condition) return [{ kind: 'property', ...condition.property }];
  if ('date' in condition && condition.date.property !== null)
    return [{ kind: 'property', name: condition.date.property, value: null }];
  return [];
}

function needsOf({ match, require, forbid }: CustomRule): readonly Need[] {
  const all = [...require, ...forbid];
  const labels =
    match.labels.length > 0 || all.some((each) => 'label' in each || ('date' in each && each.date.label !== null));
  const body = all.some((each) => 'heading' in each || probesOf(each).length > 0);
  return [...(labels ? (['labels'] as const) : []), ...(body ? (['body'] as const) : [])];
}

function describe(condition: Condition): string {
  if (condition.name !== null) return condition.name;
  if ('heading' in condition) return `a heading like ${quoted(condition.heading)}`;
  if ('text' in condition) return `text like ${quoted(condition.text)}`;
  if ('label' in condition) return `the label ${quoted(condition.label)}`;
  if ('property' in condition) return `the property ${quoted(condition.property.name)}`;
  const { property, label, maxAgeDays } = condition.date;
  const of = property === null ? `a label ${quoted(`${label ?? ''}…`)}` : `the property ${quoted(property)}`;
  return maxAgeDays === null ? `a day that has passed in ${of}` : `a day of the last ${maxAgeDays} days in ${of}`;
}

const list = (names: readonly string[]): string => names.join(', ') || 'nothing';

function sentence(
  template: string | null,
  { missing, found }: { readonly missing: readonly string[]; readonly found: readonly string[] },
  { page, spaceKey }: PageView,
): string {
  if (template === null) {
    const parts = [
      ...(missing.length === 0 ? [] : [`lacks ${list(missing)}`]),
      ...(found.length === 0 ? [] : [`has ${list(found)}, which it must not have`]),
    ];
    return `The page ${parts.join(', and ')}.`;
  }
  const values: Record<string, string> = {
    missing: list(missing),
    found: list(found),
    title: quoted(page.title),
    space: spaceKey,
  };
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
