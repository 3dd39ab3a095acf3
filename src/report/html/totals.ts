import type { TenantLine } from '../../store/report-content.ts';
import type { Totals } from './figures.ts';

/** The figures of all tenants together. */
export function totalsOf(tenants: readonly TenantLine[]): Totals {
  const sum = (what: keyof Totals) => tenants.reduce((all, tenant) => all + tenant[what], 0);
  return {
    pages: sum('pages'),
    runbooks: sum('runbooks'),
    healthy: sum('healthy'),
    critical: sum('critical'),
    high: sum('high'),
    medium: sum('medium'),
    low: sum('low'),
    info: sum('info'),
    fresh: sum('fresh'),
    unjudged: sum('unjudged'),
    muted: sum('muted'),
    planned: sum('planned'),
  };
}
