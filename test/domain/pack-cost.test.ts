import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { presetNames, readPreset } from '../../config/presets.ts';
import { ruleCatalogue } from '../../src/domain/catalogue.ts';
import { packCost } from '../../src/domain/pack-cost.ts';
import { loadRules } from '../../src/rules/load-rules.ts';

const all = await loadRules();
const ofPreset = (name: string) => {
  const { rules } = readPreset(name, ruleCatalogue(all.values()));
  return [...all.values()].filter(({ id }) => id in (rules as object));
};

it('what each pack costs follows from the needs of its rules, and is what the documents say', () => {
  const page = readFileSync(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8');
  for (const name of presetNames()) {
    const { requests, points } = packCost(ofPreset(name));
    expect(page).toContain(`| \`${name}\` | ${requests} | ${points.toLocaleString('en-US')} |`);
  }
});

it('a pack that needs nothing but page lists is the cheapest', () => {
  const bare = packCost([...all.values()].filter(({ needs }) => needs.length === 0));
  for (const name of presetNames()) expect(packCost(ofPreset(name)).requests).toBeGreaterThan(bare.requests);
  expect(bare.requests).toBe(1 + 1 + 40 + 2 + 3);
});
