import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/domain/body-facts.ts';
import { type Condition, type CustomRule, customRule } from '../../src/domain/custom-rule.ts';
import { judgePage } from '../../src/domain/judge.ts';
import { createProbes } from '../../src/domain/probes.ts';
import { label, NOW, pageView } from '../page-view.ts';

type Bare = Condition extends infer Each ? (Each extends unknown ? Omit<Each, 'name'> : never) : never;
const named = (each: Bare): Condition => ({ name: null, ...each });
const DATE = { property: null, label: null, maxAgeDays: null };

function judge(
  given: Partial<CustomRule>,
  body: string | null,
  { labels = [], options = {} }: { labels?: readonly string[]; options?: object } = {},
) {
  const rule = customRule({
    id: 'sample',
    title: 'Sample',
    why: 'Why.',
    severity: 'medium',
    remediation: 'Do.',
    appliesTo: 'pages',
    match: { spaces: [], labels: [], titles: [] },
    require: [],
    forbid: [],
    reason: null,
    ...given,
  });
  const probes = createProbes(rule.probes ?? []);
  const facts = body === null ? null : { ...readBody(body, probes).facts, secrets: [] };
  const view = pageView({ facts, labels: labels.map((name) => label(name)) });
  const context = { now: NOW, onCallGroups: [], auditAccountId: null, labelWords: [] };
  return judgePage(rule, view, context, { severity: 'medium', options });
}
const row = (name: string, value: string) => `<table><tbody><tr><th>${name}</th><td>${value}</td></tr></tbody></table>`;

describe('what a rule from outside requires', () => {
  it.each<[string, Bare, string, string]>([
    ['a heading', { heading: '(?i)^roll ?back' }, '<h2>Rollback</h2><p>x</p>', '<h2>Steps</h2>'],
    ['a text', { text: 'kubectl +drain' }, '<p>Run <code>kubectl drain</code>.</p>', '<p>Run kubectl.</p>'],
    ['a line', { text: '^Owner$' }, '<p>Me</p><p>Owner</p>', '<p>The Owner is me</p>'],
    ['a property', { property: { name: 'service', value: null } }, row('Service:', 'db'), row('Tier', 'db')],
    ['a value', { property: { name: 'Tier', value: '^[12]$' } }, row('Tier', '1'), row('Tier', '3')],
    ['a property in a line', { property: { name: 'Tier', value: null } }, '<p>Tier: 1</p>', '<p>Tier 1</p>'],
    [
      'a young day',
      { date: { ...DATE, property: 'Last drill', maxAgeDays: 30 } },
      row('Last drill', '2027-05-20'),
      row('Last drill', '2027-04-01'),
    ],
    [
      'a day of the editor',
      { date: { ...DATE, property: 'Last drill', maxAgeDays: 30 } },
      row('Last drill', '<time datetime="2027-05-20"/>'),
      row('Last drill', '<time datetime="2099-01-01"/>'),
    ],
  ])('%s', (_, condition, good, bad) => {
    expect(judge({ require: [named(condition)] }, good)).toEqual([]);
    expect(judge({ require: [named(condition)] }, bad)).toMatchObject([{ status: 'fail', subject: { type: 'page' } }]);
    // And the other way round where it is forbidden.
    expect(judge({ forbid: [named(condition)] }, good)).toMatchObject([{ status: 'fail' }]);
    expect(judge({ forbid: [named(condition)] }, bad)).toEqual([]);
  });

  it.each<[string, Bare, string[], string[]]>([
    ['a label', { label: 'team-*' }, ['team-db'], ['database']],
    [
      'a day in a label',
      { date: { ...DATE, label: 'drilled-', maxAgeDays: 30 } },
      ['drilled-2027-05-20'],
      ['drilled-2027-02-30'],
    ],
  ])('%s', (_, condition, good, bad) => {
    expect(judge({ require: [named(condition)] }, null, { labels: good })).toEqual([]);
    expect(judge({ require: [named(condition)] }, null, { labels: bad })).toMatchObject([{ status: 'fail' }]);
  });

  it('a day that has passed', () => {
    const forbid = [named({ date: { ...DATE, property: 'Expires' } })];
    expect(judge({ forbid }, row('Expires', '2027-12-31'))).toEqual([]);
    expect(judge({ forbid }, row('Expires', '2027-05-01'))).toMatchObject([
      { reason: 'The page has a day that has passed in the property "Expires", which it must not have.' },
    ]);
  });
});

it('days of the rule give way to those of the configuration', () => {
  const require = [named({ date: { ...DATE, property: 'Last drill', maxAgeDays: 365 } })];
  const body = row('Last drill', '2027-04-01');
  expect(judge({ require }, body)).toEqual([]);
  expect(judge({ require }, body, { options: { maxAgeDays: 30 } })).toMatchObject([{ status: 'fail' }]);
});

it('says nothing of pages that it is not for', () => {
  const rule = { match: { spaces: ['DOCS'], labels: [], titles: [] }, require: [named({ label: 'x' })] };
  expect(judge(rule, '')).toMatchObject([{ status: 'not-applicable' }]);
});

it('skips what it cannot know yet, and speaks where it knows enough', () => {
  const text = named({ text: 'kubectl' });
  expect(judge({ require: [text] }, null)).toMatchObject([{ status: 'skip' }]);
  expect(judge({ require: [text, named({ label: 'x' })] }, null)).toMatchObject([
    { status: 'fail', reason: 'The page lacks the label "x".' },
  ]);
});

it('fills its own sentence', () => {
  const require = [{ name: 'a way back', heading: 'Rollback' } as const];
  const [result] = judge({ require, reason: '{title} in {space} has no {missing}.' }, '<p>x</p>');
  expect(result?.reason).toBe('"Database failover runbook" in OPS has no a way back.');
  expect(result?.evidence).toEqual({ missing: ['a way back'], found: [] });
});

it('keeps no word of the body', () => {
  const probes = createProbes([
    { kind: 'text', pattern: 'hunter2' },
    { kind: 'property', name: 'Password', value: null },
  ]);
  const { facts } = readBody(row('Password', 'hunter2'), probes);
  expect(Object.values(facts.probes ?? {})).toEqual([{ line: 1 }, { fits: true, day: null }]);
  expect(JSON.stringify(facts)).not.toContain('hunter2');
});
