import type { PageOverride } from './page-settings.ts';
import type { Rule } from './rule.ts';
import type { Exemptions, RunbookScope } from './scope.ts';

interface Asked {
  readonly runbooks: Pick<RunbookScope, 'labels'>;
  readonly exempt: Pick<Exemptions, 'labels'>;
  readonly pageOverrides: readonly Pick<PageOverride, 'match'>[];
  readonly actions: readonly { readonly match: { readonly rules: readonly string[] } }[];
}

/**
 * The labels that decide something about a page which is no runbook; null where the labels or restrictions of every page have to be
 * read: a rule about all pages needs them, or marks its pages with a label of ours, or a label is only known by a pattern, which no
 * search takes. Of runbooks everything is read anyway.
 */
export function labelsOfInterest(settings: Asked, rules: ReadonlyMap<string, Rule>): readonly string[] | null {
  const marking = new Set(settings.actions.flatMap(({ match }) => match.rules));
  const everywhere = [...rules.values()].some(
    ({ id, appliesTo, needs }) =>
      appliesTo === 'pages' && (needs.includes('labels') || needs.includes('restrictions') || marking.has(id)),
  );
  const names = [
    ...settings.runbooks.labels,
    ...settings.exempt.labels,
    ...settings.pageOverrides.flatMap(({ match }) => match.labels ?? []),
  ].map((name) => name.toLowerCase());
  return everywhere || names.some((name) => /[*?]/.test(name)) ? null : [...new Set(names)];
}
