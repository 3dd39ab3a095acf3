import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCharts } from '../../../src/report/html/draw-chart.ts';
import { htmlReport } from '../../../src/report/html/html-report.ts';
import { largeContent } from '../large-content.ts';
import { listedFinding, reportContent, tenantLine } from '../report-content.ts';
import { browserPath, openBrowser } from './browser.ts';

const executable = browserPath();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const HOSTILE = [
  `<script>document.title='owned'</script>`,
  `</script><script>document.title='owned'</script>`,
  `"><img src=x onerror="document.title='owned'">`,
  `'onmouseover='document.title=1`,
  'RTL \u202eedoc\u202c and \u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627',
  '=HYPERLINK("https://evil.example")',
  '<svg/onload=document.title=1>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
];

const rows = (page: Page, selector = '#t-acme-findings tbody tr'): Promise<string[]> =>
  page.locator(`${selector}:visible`).allTextContents();

describe.skipIf(executable === null)('the report in a browser', () => {
  let browser: Browser;
  let folder: string;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser(executable ?? '');
    folder = mkdtempSync(join(tmpdir(), 'audit-report-'));
    const draw = await loadCharts();
    const hostile = reportContent({
      tenants: [tenantLine({ id: 'acme' })],
      findings: HOSTILE.map((title, index) =>
        listedFinding({
          tenantId: 'acme',
          id: `f${index}`,
          title,
          owner: title,
          ownerId: `o${index}`,
          reason: title,
          space: title,
          url: `javascript:document.title=${index}`,
        }),
      ),
    });
    writeFileSync(join(folder, 'fleet.html'), htmlReport(largeContent(60), { draw, fleet: true }));
    writeFileSync(join(folder, 'hostile.html'), htmlReport(hostile, { draw, fleet: false }));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(name: string, options: BrowserContextOptions = {}): Promise<Page & AsyncDisposable> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on('request', (request) => void requests.push(request.url()));
    page.on('console', (message) => void complaints.push(message.text()));
    page.on('pageerror', (error) => void complaints.push(error.message));
    await page.goto(pathToFileURL(join(folder, name)).href);
    return Object.assign(page, { [Symbol.asyncDispose]: () => context.close() });
  }

  test.each([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['light and narrow', { colorScheme: 'light', viewport: { width: 400, height: 800 } }],
    ['with high contrast', { forcedColors: 'active' }],
  ] as const)('axe finds nothing, %s', async (_, options) => {
    // The page's own policy keeps axe out as it would anybody else.
    await using page = await open('fleet.html', { ...options, bypassCSP: true });
    // What the browser has not drawn yet has no place that could be measured.
    await page.addStyleTag({ content: '.sheet > section { content-visibility: visible !important }' });
    await page.evaluate(AXE);
    const { violations, passes } = await page.evaluate<AxeResults>(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(['color-contrast', 'target-size', 'bypass']));
  });

  test('nothing leaves the file, and its own policy stops none of it', async () => {
    requests.length = 0;
    complaints.length = 0;
    for (const name of ['fleet.html', 'hostile.html']) {
      await using page = await open(name);
      await page.emulateMedia({ media: 'print' });
      await page.waitForTimeout(50);
    }
    expect(requests.map((url) => url.slice(0, 8))).toEqual(['file:///', 'file:///']);
    expect(complaints).toEqual([]);
  });

  test('hostile titles are text and lead nowhere', async () => {
    await using page = await open('hostile.html');
    for (const cell of await page.locator('#t-acme-findings tbody td').all()) await cell.hover({ force: true });
    expect(await page.title()).toBe('Documentation audit of acme');
    expect(await page.locator('#t-acme-findings a, img, main script, main meta').count()).toBe(0);
    const texts = await rows(page);
    for (const title of HOSTILE) expect(texts.join('\n')).toContain(title.replaceAll(/[\u202c\u202e]/g, ''));
  });

  test('without a script all of it is there, and with one it sorts and filters by keyboard', async () => {
    await using still = await open('fleet.html', { javaScriptEnabled: false });
    const before = await rows(still);
    expect(before).toHaveLength(20);
    expect(await still.locator('button, input').count()).toBe(0);

    await using page = await open('fleet.html');
    expect(await rows(page)).toEqual(before);
    await page.locator('#t-acme-findings thead button').nth(4).focus();
    await page.keyboard.press('Enter');
    const owners = page.locator('#t-acme-findings tbody td:nth-child(5)');
    const sorted = await owners.allTextContents();
    expect(sorted).toEqual(sorted.toSorted());
    expect(await page.locator('#t-acme-findings th').nth(4).getAttribute('aria-sort')).toBe('ascending');
    await page.keyboard.press('Enter');
    expect(await owners.allTextContents()).toEqual(sorted.toReversed());

    await page.locator('#t-acme-findings input').fill('CRITICAL unreadable');
    await page.locator('#t-acme-findings [role=status]').filter({ hasText: 'of 20 rows' }).waitFor();
    const left = await rows(page);
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter((text) => !text.startsWith('critical'))).toEqual([]);
  });

  test('a worklist leads to the rows of its owner', async () => {
    await using page = await open('fleet.html');
    const link = page.locator('#t-acme-owners a[data-filter]').first();
    const owner = (await link.getAttribute('data-filter')) ?? '';
    await link.click();
    const left = await rows(page);
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter((text) => !text.includes(owner))).toEqual([]);
    expect(new URL(page.url()).hash).toBe('#t-acme-findings');
  });

  test('the first thing that the keyboard reaches leads past the contents', async () => {
    await using page = await open('fleet.html');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the report');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('report');
  });

  test.each([320, 400, 1440])('at %i px nothing but tables scrolls sideways', async (width) => {
    await using page = await open('fleet.html', { viewport: { width, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  test('nothing moves for those who asked for that', async () => {
    await using page = await open('fleet.html', { reducedMotion: 'reduce' });
    expect(await page.evaluate('getComputedStyle(document.documentElement).scrollBehavior')).toBe('auto');
  });

  test('paper is white, whatever the screen, and holds every finding', async () => {
    await using page = await open('fleet.html', { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(28, 30, 33)');
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await rows(page)).toHaveLength(20);
  });
});
