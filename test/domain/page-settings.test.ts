import { describe, expect, it } from 'vitest';
import { type PageOverride, type RuleSetting, resolvePage } from '../../src/domain/page-settings.ts';

const stale: RuleSetting = { severity: 'high', options: { warnDays: 90, failDays: 180 } };
const everywhere = { spaces: null, labels: null, ancestors: null };
const page = { spaceKey: 'OPS', labels: ['tier1'], ancestorIds: ['42'] };
const set = (options: RuleSetting['options'], match: Partial<PageOverride['match']>): PageOverride => ({
  match: { ...everywhere, ...match },
  rules: { stale: { options, whenOff: { severity: 'low', options: { warnDays: 1, failDays: 2, ...options } } } },
});
const resolve = (pageOverrides: PageOverride[], rules: Record<string, RuleSetting | null> = { stale }, on = page) =>
  resolvePage({ rules, pageOverrides }, on);

describe('resolvePage', () => {
  it('gives the rules of the tenant where nothing matches', () => {
    expect(resolve([set({ failDays: 30 }, { spaces: ['DEV'] })]).rules).toEqual({ stale });
  });

  it.each([
    ['a space', { spaces: ['DEV', 'o*'] }, true],
    ['a label', { labels: ['tier1'] }, true],
    ['a page above', { ancestors: ['42'] }, true],
    ['two keys that both fit', { spaces: ['OPS'], labels: ['tier1'] }, true],
    ['two keys of which one fits', { spaces: ['OPS'], labels: ['tier2'] }, false],
    ['a part of an id', { ancestors: ['4'] }, false],
  ])('matches %s', (_, match, hit) => {
    expect(resolve([set({ failDays: 30 }, match)]).rules['stale']?.options['failDays']).toBe(hit ? 30 : 180);
  });

  it('keeps options that an override does not name, and lets later overrides win', () => {
    const { rules } = resolve([set({ failDays: 30, warnDays: 5 }, {}), set({ failDays: 60 }, {})]);
    expect(rules['stale']).toEqual({ severity: 'high', options: { warnDays: 5, failDays: 60 } });
  });

  it('turns a rule off, and on again with nothing left from before', () => {
    const off: PageOverride = { match: everywhere, rules: { stale: null } };
    expect(resolve([off]).rules['stale']).toBeNull();
    expect(resolve([set({ warnDays: 7 }, {}), off, set({ failDays: 30 }, {})]).rules['stale']).toEqual({
      severity: 'low',
      options: { warnDays: 1, failDays: 30 },
    });
  });

  it('names equal profiles equally, whatever the order of keys and the rules that are off', () => {
    const turned = { severity: stale.severity, options: { failDays: 180, warnDays: 90 } };
    const { profileId } = resolve([]);
    expect(profileId).toMatch(/^[0-9a-f]{12}$/);
    expect(resolve([], { other: null, stale: turned }).profileId).toBe(profileId);
    expect(resolve([set({ failDays: 180 }, {})]).profileId).toBe(profileId);
    expect(resolve([set({ failDays: 30 }, {})]).profileId).not.toBe(profileId);
  });
});
