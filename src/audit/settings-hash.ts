import { createHash } from 'node:crypto';
import type { TenantSettings } from '../../config/settings.ts';
import type { Rule } from '../domain/rule.ts';

/** Changes whenever the settings ask for something else; how to sign in and when to run do not matter to a walk. */
export function hashOf(settings: TenantSettings, rules: ReadonlyMap<string, Rule>): string {
  // What the program's own rules need changes with the program only.
  const needs = [...rules.values()].filter(({ probes }) => probes !== undefined).map((rule) => [rule.id, rule.needs]);
  const asked = { ...settings, auth: null, schedule: null, limits: null, mutes: null, notify: null, needs };
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 16);
}
