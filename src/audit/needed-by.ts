import type { TenantSettings } from '../../config/settings.ts';
import type { AuditShape } from '../confluence/needed-endpoints.ts';
import type { Need, Rule } from '../domain/rule.ts';

/** The rules that are on for a tenant or for some of its pages, and what they need the walk to fetch. */
export function neededBy(
  settings: TenantSettings,
  all: ReadonlyMap<string, Rule>,
): { readonly rules: ReadonlyMap<string, Rule>; readonly needs: ReadonlySet<Need> } {
  const rules = new Map([...all].filter(([id]) => anywhereOn(settings, id)));
  return { rules, needs: new Set([...rules.values()].flatMap((rule): readonly Need[] => rule.needs)) };
}

/** The pages whose restrictions some rule looks at. */
export const restrictedPages = (rules: ReadonlyMap<string, Rule>): 'every page' | 'runbooks' =>
  [...rules.values()].some(({ appliesTo, needs }) => appliesTo === 'pages' && needs.includes('restrictions'))
    ? 'every page'
    : 'runbooks';

const anywhereOn = (settings: TenantSettings, ruleId: string): boolean =>
  (settings.rules[ruleId] ?? null) !== null ||
  settings.pageOverrides.some((override) => (override.rules[ruleId] ?? null) !== null);

/** What decides which operations the audits of a tenant call. */
export const shapeOf = (settings: TenantSettings, needs: ReadonlySet<Need>): AuditShape => ({
  needs,
  mode: settings.mode,
  writes: [...new Set(settings.actions.flatMap(({ steps }) => steps.map(({ kind }) => kind)))],
  groups: settings.readers.onCallGroups.length > 0,
  blogPosts: settings.content.includes('blogpost'),
  attestedBy: attestedBy(settings),
});

/** Whether some runbook may be attested by a content property or by the status of its page. */
export const attestedBy = (settings: TenantSettings): AuditShape['attestedBy'] => ({
  property: optionsOfStale(settings).some(({ property }) => typeof property === 'string'),
  status: optionsOfStale(settings).some(({ statuses }) => Array.isArray(statuses) && statuses.length > 0),
});

/** Of the rule that reads the freshness clock, for all pages and for those of overrides. */
const optionsOfStale = ({ rules, pageOverrides }: TenantSettings): Readonly<Record<string, unknown>>[] =>
  [rules, ...pageOverrides.map((override) => override.rules)].flatMap((layer) => {
    const options = layer['stale-runbook']?.options;
    return options === undefined ? [] : [options];
  });
