import { expect, test } from 'vitest';
import { chartMarkup } from '../../../src/report/html/chart-markup.ts';
import { loadCharts } from '../../../src/report/html/draw-chart.ts';
import { documentText } from '../../../src/report/html/markup.ts';

const made = (svg: string): string => documentText(chartMarkup(svg, { name: 'one', label: 'A chart.' }));

test('shapes and texts are kept, with names of their own; styles, handlers and unknown attributes are not', () => {
  const svg = `<svg width="40" height="20" xmlns="http://www.w3.org/2000/svg">
<g clip-path="url(#zr7-c0)"><path d="M0 0L1 1" fill="var(--high)" class="zr7-cls-1" ecmeta_index="1" onclick="x()" style="a"></path></g>
<text x="1" style="font-size:12px">a &lt; b</text>
<defs ><clipPath id="zr7-c0"><path d="M0 0Z" fill="#000"/></clipPath></defs>
<style ><![CDATA[ .zr7-cls-1:hover { fill: red } ]]></style></svg>`;
  expect(made(svg)).toBe(
    `<!doctype html>
<svg class="chart" viewBox="0 0 40 20" role="img" aria-label="A chart."><g clip-path="url(#one-c0)"><path d="M0 0L1 1" fill="var(--high)"></path></g><text x="1">a &lt; b</text><defs><clipPath id="one-c0"><path d="M0 0Z" fill="#000"></path></clipPath></defs></svg>
`,
  );
});

test.each([
  ['<svg><script>alert(1)</script></svg>', /may hold no <script>/],
  ['<svg><foreignObject></foreignObject></svg>', /may hold no <foreignObject>/],
  ['<svg><image href="https://evil.example"></image></svg>', /may hold no <image>/],
  ['<svg><g></svg>', /without an end/],
  ['<svg', /no SVG/],
  ['', /without an end/],
])('%s is refused', (svg, message) => {
  expect(() => made(svg)).toThrow(message);
});

test('a hostile name in a chart is text, and the same chart is drawn in the same bytes', async () => {
  const draw = await loadCharts();
  const chart = () =>
    documentText(
      draw({
        name: 'one',
        label: '"><script>alert(1)</script>',
        width: 200,
        height: 80,
        option: {
          xAxis: { type: 'category', data: ['</text><script>alert(1)</script>', '"&\'', '{a|b}'] },
          yAxis: { type: 'value' },
          series: [
            { type: 'bar', data: [1, 2, 3] },
            { type: 'line', data: [3, 2, 1] },
          ],
        },
      }),
    );
  const first = chart();
  expect(first).not.toMatch(/<script|style=|\sclass="(?!chart")/);
  expect(first).toContain('&lt;script&gt;alert(1)');
  expect(chart()).toBe(first);
});
