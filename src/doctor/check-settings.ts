import type { ResolvedConfig } from '../../config/load.ts';
import { notYet } from '../../config/not-yet.ts';
import { placesOf } from '../../config/places.ts';
import { type Check, doubtful, fine } from './check.ts';

const CONFIG = { tenant: null, check: 'config' };

/** What is configured, what is worth a word, and what this version cannot do yet. */
export function checkSettings(config: ResolvedConfig, implementedRules: ReadonlySet<string>): readonly Check[] {
  const enabled = config.tenants.filter((tenant) => tenant.enabled).length;
  const waiting = notYet(config, implementedRules);
  return [
    fine(CONFIG, `Valid: ${config.tenants.length} tenant(s) from ${placesOf(config)}, ${enabled} enabled.`),
    ...config.notes.map((note) => doubtful(CONFIG, note, 'Nothing, if that is meant.')),
    ...(waiting.length === 0
      ? []
      : [
          doubtful(
            CONFIG,
            `Configured, but not yet of effect: ${waiting.join('; ')}.`,
            'CHANGELOG.md lists what this version has.',
          ),
        ]),
  ];
}
