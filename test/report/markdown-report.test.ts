import { expect, test } from 'vitest';
import { markdownReport } from '../../src/report/markdown-report.ts';
import { largeContent } from './large-content.ts';
import { listedFinding, reportContent, tenantLine } from './report-content.ts';

test('it says what was not seen of each tenant before what was found', () => {
  const text = markdownReport(largeContent(30), { fleet: true });
  expect(text).toMatch(
    /^# Documentation audit\n\nAs of the audit that ended on 10 Mar 2026, 02:41 UTC\.\n\n72 % of 120 runbooks are healthy\. 30 findings are open, /,
  );
  expect(text).toContain('3 of 4 tenants were not audited in full: read first what was not seen.');
  expect(text).toContain('| globex | partial (budget) | 81 % | 61 % (29/40) |');
  expect(text).toContain('| umbrella | never audited | unknown | – | – | – | – | – | – | – | never |');
  expect(text).toMatch(
    /## globex: partial\n\n### What was not seen\n\n- The latest audit ended partial \(budget\)[\s\S]+### Findings \(10 open\)/,
  );
  expect(text.indexOf('### What was not seen')).toBeLessThan(text.indexOf('### Findings'));
});

test('of one tenant it names the tenant and has no table of tenants', () => {
  const text = markdownReport(reportContent({ tenants: [tenantLine({ id: 'acme' })] }), { fleet: false });
  expect(text).toMatch(/^# Documentation audit of acme\n/);
  expect(text).not.toContain('## Tenants');
  expect(text).toContain('What is wholly invisible to the account');
});

test('nothing that a wiki says takes effect, and the same content is the same bytes', () => {
  const title = '[click](javascript:alert(1)) <script>x</script> | cell\n# heading `code` \u202egnp';
  const content = reportContent({
    tenants: [tenantLine({ id: 'acme' })],
    findings: [listedFinding({ tenantId: 'acme', title, owner: title, reason: title, space: title })],
  });
  const text = markdownReport(content, { fleet: true });
  expect(text).not.toMatch(/(?<!\\)\[click|(?<!\\)<script|^# heading|\u202e/m);
  expect(markdownReport(content, { fleet: true })).toBe(text);
});
