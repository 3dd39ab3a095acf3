import type { TenantSettings } from '../../config/settings.ts';

type Settings = Pick<TenantSettings, 'runbooks' | 'exempt' | 'actions' | 'pageOverrides'>;

/** Every label that the settings of a tenant name, patterns as they stand: what makes a runbook, exempts, matches or is written. */
export const labelWords = ({ runbooks, exempt, actions, pageOverrides }: Settings): readonly string[] => [
  ...runbooks.labels,
  ...runbooks.not.labels,
  ...exempt.labels,
  ...actions.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'label' ? step.label : []))),
  ...pageOverrides.flatMap(({ match }) => match.labels ?? []),
];
