import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AuditError } from '../../src/domain/errors.ts';
import { judgePage } from '../../src/domain/judge.ts';
import { defineRule, type RuleResult } from '../../src/domain/rule.ts';
import type { Severity } from '../../src/domain/severity.ts';
import { NOW, pageView } from '../page-view.ts';

const context = { now: NOW, onCallGroups: [], auditAccountId: null, labelWords: [] };
const ruleThat = (check: (days: number) => Iterable<RuleResult>) =>
  defineRule({
    id: 'sample',
    title: 'Sample',
    why: 'Because.',
    severity: 'high',
    remediation: 'Mend it.',
    explanation: [],
    example: '',
    appliesTo: 'pages',
    options: z.strictObject({ days: z.int().default(7) }),
    needs: [],
    check: (_view, _context, { days }) => check(days),
  });
const judge = (check: (days: number) => Iterable<RuleResult>, severity: Severity = 'high', options: unknown = {}) =>
  judgePage(ruleThat(check), pageView(), context, { severity, options });

describe('judgePage', () => {
  it('fills in what a rule leaves out', () => {
    expect(judge(() => [{ reason: 'It is wrong.' }])).toEqual([
      {
        ruleId: 'sample',
        pageId: '1001',
        status: 'fail',
        severity: 'high',
        reason: 'It is wrong.',
        subject: { type: 'page', id: '1001' },
        evidence: {},
        confidence: 'full',
        confirm: null,
      },
    ]);
  });

  it('gives the rule its defaults and hands over what is configured', () => {
    const reasons = [{}, { days: 3 }].map(
      (options) => judge((days) => [{ reason: `${days}.` }], 'high', options)[0]?.reason,
    );
    expect(reasons).toEqual(['7.', '3.']);
  });

  it.each<[Severity, Partial<RuleResult>, Severity]>([
    ['high', {}, 'high'],
    ['low', {}, 'low'],
    ['high', { status: 'warn' }, 'medium'],
    ['info', { status: 'warn' }, 'info'],
    ['high', { severity: 'medium' }, 'medium'],
    ['critical', { severity: 'medium' }, 'high'],
    ['info', { severity: 'medium' }, 'info'],
    ['critical', { severity: 'critical' }, 'critical'],
    ['high', { severity: 'medium', status: 'warn' }, 'low'],
  ])('configured as %s, the result %j ranks %s', (configured, result, expected) => {
    expect(judge(() => [{ reason: 'It is.', ...result }], configured)[0]?.severity).toBe(expected);
  });

  it('keeps one result for each subject', () => {
    const subject = { type: 'file', id: 'a.png' } as const;
    const results = judge(() => [{ reason: 'First.', subject }, { reason: 'Second.', subject }, { reason: 'Page.' }]);
    expect(results.map(({ reason }) => reason)).toEqual(['First.', 'Page.']);
  });

  it.each<[string, () => unknown, string]>([
    ['an error of the language', () => new TypeError('reading "secret of the body"'), 'TypeError'],
    ['one of ours', () => new AuditError('response-invalid', 'secret of the body'), 'AuditError'],
    ['one with a strange name', () => Object.assign(new (class extends Error {})('secret of the body')), 'Error'],
    ['no error at all', () => 'secret of the body', 'string'],
  ])('makes %s one result that tells its class and nothing else', (_, thrown, name) => {
    const results = judge(function* () {
      yield { reason: 'Half a verdict.' };
      throw thrown();
    });
    expect(results).toMatchObject([
      {
        status: 'error',
        reason: `The rule stopped with an error of the class ${name}, so the page was not judged.`,
        evidence: {},
      },
    ]);
    expect(JSON.stringify(results)).not.toContain('secret');
  });

  it('does not judge by options that are invalid', () => {
    expect(judge(() => [], 'high', { days: 'many' })).toMatchObject([
      { status: 'error', reason: expect.stringContaining('ZodError') },
    ]);
  });

  it('asks a rule for runbooks about nothing else', () => {
    const rule = { ...ruleThat(() => [{ reason: 'It is wrong.' }]), appliesTo: 'runbooks' as const };
    const page = pageView({ isRunbook: false });
    expect(judgePage(rule, page, context, { severity: 'high', options: {} })).toMatchObject([
      { status: 'not-applicable' },
    ]);
  });
});
