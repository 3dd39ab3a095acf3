import { describe, expect, it } from 'vitest';
import { labelsOfInterest } from '../../src/domain/label-interest.ts';
import type { Need, Rule } from '../../src/domain/rule.ts';

const rule = (id: string, appliesTo: Rule['appliesTo'], ...needs: Need[]): [string, Rule] => [
  id,
  { id, appliesTo, needs } as unknown as Rule,
];
const SETTINGS = {
  runbooks: { labels: ['Runbook'] },
  exempt: { labels: ['evergreen'] },
  pageOverrides: [{ match: { spaces: null, labels: ['tier1', 'evergreen'], ancestors: null } }],
  actions: [{ match: { rules: ['stale-runbook'] } }],
};

describe('labels that decide something', () => {
  it('are those of runbooks, of exempt pages and of overrides, each once', () => {
    const rules = new Map([rule('stale-runbook', 'runbooks', 'labels'), rule('empty-page', 'pages', 'body')]);
    expect(labelsOfInterest(SETTINGS, rules)).toEqual(['runbook', 'evergreen', 'tier1']);
  });

  it.each<[string, Parameters<typeof labelsOfInterest>[0], [string, Rule]]>([
    ['a rule needs them of every page', SETTINGS, rule('stale-page', 'pages', 'labels')],
    ['a rule needs restrictions of every page', SETTINGS, rule('open-page', 'pages', 'restrictions')],
    [
      'a rule marks pages that are no runbooks',
      { ...SETTINGS, actions: [{ match: { rules: ['empty-page'] } }] },
      rule('empty-page', 'pages', 'body'),
    ],
    ['one is a pattern', { ...SETTINGS, exempt: { labels: ['keep-*'] } }, rule('empty-page', 'pages', 'body')],
  ])('cannot be told apart where %s', (_, settings, one) => {
    expect(labelsOfInterest(settings, new Map([one]))).toBeNull();
  });
});
