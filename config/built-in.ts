import type { JsonObject } from '../src/domain/merge.ts';

/** The lowest layer: what holds where nobody says anything else. The default action depends on labels.prefix; see `resolve-tenant.ts`. */
export const BUILT_IN: JsonObject = {
  enabled: true,
  tags: {},
  mode: 'plan',
  schedule: { cron: '0 2 * * *', timezone: 'UTC', window: '2h', priority: 'normal', quietHours: [], blackout: [] },
  spaces: { include: ['*'], exclude: [], excludeTypes: ['personal', 'system', 'onboarding', 'xflow_sample_space'] },
  content: ['page'],
  runbooks: {
    labels: ['runbook'],
    titles: ['*runbook*', '*playbook*'],
    spaces: [],
    ancestors: [],
    not: { labels: ['template', 'meeting-notes'], titles: ['*template*', '*retro*', '*meeting*'] },
  },
  readers: { onCallGroups: [] },
  exempt: { labels: ['docaudit-exempt', 'evergreen'], pages: [] },
  limits: {
    share: 0.7,
    maxConcurrency: 8,
    requestsPerRun: 20_000,
    minutesPerRun: 240,
    writesPerRun: 50,
    writesPercent: 5,
    writesPerSpace: 50,
  },
  labels: { prefix: 'docaudit-' },
  expect: { spaces: [], minPages: {}, pages: [] },
};

/** The presets that hold where the file has no `extends`. */
export const DEFAULT_PRESETS: readonly string[] = ['preset:runbook-essential'];

/** Labels what is stale, with a label that the tenant's prefix allows. */
export const defaultActions = (prefix: string): readonly JsonObject[] => [
  { name: 'label-stale', match: { rule: 'stale-runbook', status: 'fail' }, do: [{ label: `${prefix}stale` }] },
];
