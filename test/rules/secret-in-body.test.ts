import { expect, it } from 'vitest';
import type { SecretMark } from '../../src/domain/facts.ts';
import { judgePage } from '../../src/domain/judge.ts';
import rule from '../../src/rules/secret-in-body.ts';
import { facts, NOW, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const mark = (type: string, line: number): SecretMark => ({
  type,
  line,
  hash: `${line}`.padStart(16, '0'),
  certain: type !== 'password',
});
const view = (...secrets: readonly SecretMark[]) => pageView({ facts: facts({ secrets }) });

testRule(rule, {
  fine: [
    { name: 'a body without a secret', view: view() },
    { name: 'a kind that is allowed', view: view(mark('json-web-token', 3)), options: { allow: ['json-web-token'] } },
    {
      name: 'what only looks like a password, where that does not count',
      view: view(mark('password', 3)),
      options: { passwords: false },
    },
  ],
  found: [
    {
      name: 'a token',
      view: view(mark('github-token', 14)),
      reason: /^The text holds a secret of the kind github-token \(line 14 of the text\)\.$/,
      result: {
        severity: 'critical',
        confidence: 'full',
        subject: { type: 'secret', id: 'github-token' },
        evidence: { secret_type: 'github-token', secrets: 1, lines: ['14'] },
      },
    },
    {
      name: 'several of a kind',
      view: view(mark('github-token', 2), mark('github-token', 5)),
      reason: /^The text holds 2 different secrets of the kind github-token \(lines 2, 5 of the text\)\.$/,
    },
    {
      name: 'what only looks like a password',
      view: view(mark('password', 3)),
      reason: /^The text seems to hold a secret of the kind password/,
      result: { severity: 'high', confidence: 'partial' },
    },
    {
      name: 'very many',
      view: view(...Array.from({ length: 12 }, (_, index) => mark('slack-token', index + 1))),
      reason: /lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and more of the text/,
    },
    {
      name: 'any page, runbook or not',
      view: { ...view(mark('slack-token', 1)), isRunbook: false },
      reason: /slack/,
      result: { severity: 'critical' },
    },
    {
      name: 'a body that was not read',
      view: pageView({ facts: null }),
      reason: /has not been read/,
      result: { status: 'skip' },
    },
  ],
});

it('is one finding for each kind and carries no hash', () => {
  const results = judgePage(
    rule,
    view(mark('slack-token', 1), mark('password', 2), mark('slack-token', 3)),
    { now: NOW, onCallGroups: [], auditAccountId: null, labelWords: [] },
    { severity: 'critical', options: {} },
  );
  expect(results.map(({ subject, severity }) => [subject.id, severity])).toEqual([
    ['slack-token', 'critical'],
    ['password', 'high'],
  ]);
  expect(JSON.stringify(results)).not.toContain('0000000');
});
