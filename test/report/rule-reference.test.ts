import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ruleCost } from '../../src/report/rule-costs.ts';
import { ruleReference } from '../../src/report/rule-reference.ts';
import { loadRules } from '../../src/rules/load-rules.ts';

const rules = await loadRules();
const cost = (id: string) => {
  const rule = rules.get(id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return ruleCost(rule);
};

describe('docs/rules.md', () => {
  it('is what the rules say of themselves; `vitest run test/report/rule-reference.test.ts -u` writes it anew', async () => {
    await expect(ruleReference(rules.values())).toMatchFileSnapshot('../../docs/rules.md');
  });

  it.each([...rules.values()].filter(({ kind }) => kind === 'set'))('$id has an example of its test', (rule) => {
    const test = readFileSync(new URL(`../rules/${rule.id}.test.ts`, import.meta.url), 'utf8');
    expect(test).toContain(rule.example);
  });

  it('explains every option', () => {
    const lines = ruleReference(rules.values()).split('\n');
    expect(lines.filter((line) => /^\| `.*\|  \|$/.test(line))).toEqual([]);
  });
});

describe('the cost of a rule', () => {
  it.each([
    ['duplicate-title', 0, []],
    ['dangerous-attachment', 60, ['read:attachment:confluence']],
    ['secret-in-body', 40, []],
    ['anonymous-space', 50, []],
    ['unresolved-comments', 2, ['read:comment:confluence']],
  ])('%s adds %i requests to a full audit', (id, requests, scopes) => {
    expect(cost(id)).toMatchObject({ requests, scopes });
  });
});
