import type { ResolvedConfig } from '../../config/load.ts';
import { placesOf } from '../../config/places.ts';
import { type Check, doubtful, fine } from './check.ts';

const CONFIG = { tenant: null, check: 'config' };

/** What is configured, and what is worth a word. */
export function checkSettings(config: ResolvedConfig): readonly Check[] {
  const enabled = config.tenants.filter((tenant) => tenant.enabled).length;
  return [
    fine(CONFIG, `Valid: ${config.tenants.length} tenant(s) from ${placesOf(config)}, ${enabled} enabled.`),
    ...config.notes.map((note) => doubtful(CONFIG, note, 'Nothing, if that is meant.')),
  ];
}
