import { EMAIL } from '../auditor.ts';
import type { NightShift, Tenant } from '../night-shift.ts';
import { FRENCH_SECTIONS } from './forms.ts';
import { type CorpusPage, corpusWorld } from './world.ts';

/** Makes a tenant of the corpus, audited by every rule there is. */
export async function corpusTenant(shift: NightShift): Promise<{ tenant: Tenant; pages: readonly CorpusPage[] }> {
  const { world, pages } = corpusWorld(shift.clock);
  shift.given.main = {
    extends: ['preset:all'],
    overrides: [{ match: { spaces: ['FR'] }, rules: { 'missing-sections': { synonyms: FRENCH_SECTIONS } } }],
  };
  const tenant = await shift.tenant(world, {
    mode: 'audit',
    auth: {
      type: 'basic',
      email: EMAIL,
      token: { env: 'SITE_TOKEN' },
      expires: shift.clock.ago(-5).toISOString().slice(0, 10),
    },
    readers: { onCallGroups: ['sre-oncall'] },
    rules: {
      'unresolved-comments': {},
      'missing-label': { onRunbooks: ['team-*'] },
      'deep-nesting': { maxChildren: 60 },
      'anonymous-space': { allow: ['SHOP'] },
    },
  });
  return { tenant, pages };
}
