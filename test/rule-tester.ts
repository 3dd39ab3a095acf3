import { describe, expect, it } from 'vitest';
import { type JudgedResult, judgePage } from '../src/domain/judge.ts';
import type { PageRule, PageView, RuleContext } from '../src/domain/rule.ts';
import { NOW } from './page-view.ts';

interface Case {
  readonly name: string;
  readonly view: PageView;
  readonly options?: unknown;
  readonly context?: Partial<RuleContext>;
}
interface Found extends Case {
  readonly reason: RegExp;
  /** Anything else of the one result that must be as given; `fail` where no status is named. */
  readonly result?: Partial<JudgedResult>;
}

/** Runs a page rule over two tables: pages it must say nothing about, and pages about which it must say exactly one thing. */
export function testRule(
  rule: PageRule,
  { fine, found }: { readonly fine: readonly Case[]; readonly found: readonly Found[] },
): void {
  const judge = ({ view, options, context }: Case) =>
    judgePage(
      rule,
      view,
      { now: NOW, onCallGroups: [], auditAccountId: null, labelWords: [], ...context },
      { severity: rule.severity, options: options ?? {} },
    );

  describe(`${rule.id} finds nothing`, () => {
    it.each(fine)('$name', (example) => {
      expect(judge(example)).toEqual([]);
    });
  });
  describe(`${rule.id} speaks up`, () => {
    it.each(found)('$name', (example) => {
      const results = judge(example);
      expect(results).toHaveLength(1);
      expect(results[0]).toMatchObject({ status: 'fail', ...example.result });
      expect(results[0]?.reason).toMatch(example.reason);
      expectStorable(results);
    });
    it('in the words of its example', () => {
      expect(found.flatMap((each) => judge(each).map(({ reason }) => reason))).toContain(rule.example);
    });
  });
}

/** What every result must be, whatever it says: one printable sentence that ends, and facts that fit into JSON. */
export function expectStorable(results: readonly JudgedResult[]): void {
  for (const { reason, evidence } of results) {
    expect(reason).toMatch(/^\P{C}+\.$/u);
    expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
  }
}
