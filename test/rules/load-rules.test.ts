import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadRules } from '../../src/rules/load-rules.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rules-'));
});
afterEach(() => rm(folder, { recursive: true }));

const rule = (id: string) => `export default { kind: 'page', id: '${id}' };`;

describe('loadRules', () => {
  it('finds the rules of this version, each under its id', async () => {
    const rules = await loadRules();
    expect([...rules.keys()]).toEqual([
      'anonymous-space',
      'archived-but-linked',
      'broken-anchor',
      'broken-include',
      'broken-page-link',
      'bus-factor-one',
      'conflicting-labels',
      'coverage-dropped',
      'dangerous-attachment',
      'deep-nesting',
      'duplicate-title',
      'empty-escalation',
      'empty-page',
      'inactive-owner',
      'incomplete-markers',
      'label-typo',
      'missing-attachment',
      'missing-label',
      'missing-owner',
      'missing-sections',
      'never-reviewed-runbook',
      'no-commands',
      'orphan-page',
      'overdue-task',
      'oversize-attachment',
      'restricted-to-inactive',
      'review-date-passed',
      'secret-bearing-attachment',
      'secret-in-body',
      'sensitive-page-open',
      'single-reader',
      'stale-page',
      'stale-runbook',
      'tenant-not-audited',
      'token-expiring',
      'uneditable-runbook',
      'unreadable-runbook',
      'unreferenced-attachment',
      'unresolved-comments',
      'untested-runbook',
    ]);
    for (const [id, { title, why, remediation, options }] of rules) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title).not.toMatch(/\.$/);
      expect(why).toMatch(/\.$/);
      expect(remediation).toMatch(/\.$/);
      expect(options.safeParse({}).success).toBe(true);
      expect(options.safeParse({ noSuchOption: 1 }).success).toBe(false);
    }
  });

  it('reads the folder, so that a new rule is one new file', async () => {
    await writeFile(join(folder, 'a-rule.ts'), rule('a-rule'));
    await writeFile(join(folder, 'b-rule.ts'), rule('b-rule'));
    expect([...(await loadRules(folder)).keys()]).toEqual(['a-rule', 'b-rule']);
  });

  it.each([
    [
      'a file that is not called like its rule',
      'a-rule.ts',
      rule('b-rule'),
      'src/rules/a-rule.ts holds the rule b-rule; its id must be a-rule.',
    ],
    [
      'a file without a default export',
      'a-rule.ts',
      `export const id = 'a-rule';`,
      'src/rules/a-rule.ts has no rule as its default export.',
    ],
    [
      'a default export that is no rule',
      'a-rule.ts',
      `export default { id: 'a-rule' };`,
      'src/rules/a-rule.ts has no rule as its default export.',
    ],
    ['a file that is no TypeScript', 'notes.md', 'later', 'src/rules/notes.md is no TypeScript file.'],
  ])('refuses %s', async (_, file, text, message) => {
    await writeFile(join(folder, file), text);
    await expect(loadRules(folder)).rejects.toMatchObject({ code: 'rule-invalid', message });
  });
});
