import { beforeAll, describe, expect, test } from 'vitest';
import { type DrawChart, loadCharts } from '../../../src/report/html/draw-chart.ts';
import { htmlReport } from '../../../src/report/html/html-report.ts';
import { largeContent } from '../large-content.ts';
import { listedFinding, reportContent, spaceLine, tenantLine } from '../report-content.ts';

let draw: DrawChart;
beforeAll(async () => {
  draw = await loadCharts();
});

const report = (content: ReturnType<typeof reportContent>, fleet = true): string =>
  htmlReport(content, { draw, fleet });
const gaps = (page: string, anchor: string): string => wordsOf(page, `id="${anchor}"`, '<div class="charts">');
/** The words of a part of the page, as a reader sees them. */
const wordsOf = (page: string, from: string, to: string): string =>
  (page.split(from)[1]?.split(to)[0] ?? '').replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

test('the same content is the same bytes', () => {
  expect(report(largeContent(60))).toBe(report(largeContent(60)));
});

test('the file names no other file, and its policy allows nothing but its own style and script', () => {
  const page = report(largeContent(60));
  expect(page).not.toMatch(/<(?:link|img|iframe|object|embed|base|form)\b|@import|url\((?!#)|\bsrc=|\sstyle=|\son\w+=/);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1];
  expect(policy).toMatch(
    /^default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]{44}&#39;; script-src &#39;sha256-[\w+/=]{44}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;$/,
  );
});

test('ids are unique, and every link within the page leads somewhere', () => {
  const page = report(largeContent(200));
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links).toContain('t-globex');
  expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  expect(page).not.toContain('#refused');
});

test('whatever a wiki may put into a title stays text', () => {
  const title = `</td><script>alert(1)</script><img src=x onerror=alert(1)>"'\`=1+1`;
  const tenant = tenantLine({ id: 'acme' });
  const finding = listedFinding({
    tenantId: 'acme',
    title,
    owner: title,
    reason: title,
    space: title,
    url: 'javascript:alert(1)',
  });
  const page = report(
    reportContent({
      tenants: [tenant],
      findings: [finding],
      spaces: [spaceLine({ tenantId: 'acme', key: title, excludedBecause: title })],
      muted: [{ tenantId: 'acme', reason: title, by: title, until: '2026-06-30T00:00:00Z', findings: 1 }],
      unjudged: [
        { tenantId: 'acme', rule: 'r', status: 'skip', reason: title, subjects: 1, title, url: 'data:text/html,x' },
      ],
    }),
  );
  expect(page).not.toMatch(/<img|<script>alert|javascript:|data:text/);
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

describe('what was not seen stands before what was found', () => {
  test('of a tenant that was audited in part', () => {
    expect(gaps(report(largeContent(60)), 't-globex')).toMatch(
      /The latest audit ended partial \(budget\)\. The last complete one ended on 7 Mar 2026\. Closed to the account: ENG\. Not walked to the end: SRE\. 12 pages were expected and did not appear \(SRE 12\)\. 3 pages could be read only in part \(SRE 3\)\. 12 verdicts are missing: .* Left out by the settings: DOCS\. What is wholly invisible/,
    );
  });

  test('of a tenant that was never audited, of which no number is shown', () => {
    const page = report(largeContent(60));
    expect(wordsOf(page, 'id="t-umbrella"', '</main>')).toMatch(
      /No audit has finished yet: that nothing is found here means nothing\./,
    );
    expect(wordsOf(page, 'id="t-umbrella"', '</main>')).not.toMatch(/Healthy runbooks|No finding is open/);
    expect(wordsOf(page, '<a href="#t-umbrella">umbrella</a></th>', '</tr>').trim()).toBe(
      'never audited – – – – – – – – never',
    );
  });

  test('and where nothing is known to be missing it is said what that means', () => {
    const page = report(reportContent({ tenants: [tenantLine({ id: 'acme' })] }), false);
    expect(wordsOf(page, 'id="t-acme"', '<div class="charts">')).toMatch(
      /Every space in scope was walked to its end, and every rule came to a verdict\. What is wholly invisible to the account/,
    );
    expect(page).toContain('<h1>Documentation audit of acme</h1>');
    expect(page).not.toContain('id="fleet"');
  });
});

test('what is not listed is counted', () => {
  const content = largeContent(60);
  const short = { ...content, findings: content.findings.slice(0, 10), chosen: ['globex'] };
  const page = report(short);
  expect(page).toMatch(/\d+ more are open and not listed here: the report shows the worst\./);
  expect(wordsOf(report({ ...content, findings: [] }), 'id="t-acme-findings"', '</section>')).toMatch(
    /20 more are open and not listed here/,
  );
  expect(page).toContain('3 tenants have no page of their own here');
  expect(page).not.toContain('id="t-acme"');
  expect(wordsOf(page, '<h3>What was not seen</h3>', '</div>')).toContain('initech : The latest audit ended failed');
});
