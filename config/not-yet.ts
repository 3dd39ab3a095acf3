import type { ResolvedConfig } from './load.ts';
import type { TenantSettings } from './settings.ts';

type Used = Pick<ResolvedConfig, 'tenants' | 'notify'>;

/** What is configured, valid and without effect in this version; defaults that nobody touched are not named. */
export function notYet({ tenants, notify }: Used, implementedRules: ReadonlySet<string>): string[] {
  const active = tenants.filter(({ enabled }) => enabled);
  const steps = active.flatMap(({ actions }) => actions.flatMap((action) => action.steps));
  const rules = new Set(active.flatMap(rulesOn).filter((id) => !implementedRules.has(id)));
  const found: Record<string, boolean> = {
    'actions: comment': steps.some(({ kind }) => kind === 'comment'),
    'actions: archive': steps.some(({ kind }) => kind === 'archive'),
    'actions: after': steps.some(({ afterMs }) => afterMs > 0),
    'actions: approval': steps.some(({ approval }) => approval),
    notify: notify.length > 0,
    [`rules: ${[...rules].toSorted().join(', ')}`]: rules.size > 0,
  };
  return Object.entries(found).flatMap(([what, configured]) => (configured ? what : []));
}

const rulesOn = ({ rules, pageOverrides }: TenantSettings): string[] =>
  [rules, ...pageOverrides.map((override) => override.rules)].flatMap((settings) =>
    Object.entries(settings).flatMap(([id, setting]) => (setting === null ? [] : id)),
  );
