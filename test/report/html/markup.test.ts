import { describe, expect, test } from 'vitest';
import { documentText, element, html, inlineSource, type Markup } from '../../../src/report/html/markup.ts';

const text = (markup: Markup): string => documentText(markup).slice('<!doctype html>\n'.length, -1);

describe('a value is escaped for the place it stands in', () => {
  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    [`"quoted" & 'quoted'`, '&quot;quoted&quot; &amp; &#39;quoted&#39;'],
    ['&lt;already&gt;', '&amp;lt;already&amp;gt;'],
    ['right\u202eto\u2066left', 'righttoleft'],
    ['\u001b[31mred', 'red'],
    ['</p></section>', '&lt;/p&gt;&lt;/section&gt;'],
    ['{{constructor}}${1}', '{{constructor}}${1}'],
  ])('%j', (value, written) => {
    expect(text(html`<p>${value}</p>`)).toBe(`<p>${written}</p>`);
    expect(text(html`<p title="${value}">x</p>`)).toBe(`<p title="${written}">x</p>`);
    expect(text(html`<p title="a ${value} b ${value}" class="${1}">${2}</p>`)).toBe(
      `<p title="a ${written} b ${written}" class="1">2</p>`,
    );
  });

  test('what was made here stays, lists are joined, and what is not there is nothing', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
    expect(text(html`<ul>${items}</ul>${null}${undefined}${false}${0}`)).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>0');
  });

  test('an object that looks like markup is none', () => {
    const forged = JSON.parse('{"markup":"<script>"}') as string;
    expect(() => html`<p>${forged}</p>`).toThrow(TypeError);
  });
});

test.each([
  ['https://acme.atlassian.net/wiki?a=1&b=2', 'https://acme.atlassian.net/wiki?a=1&amp;b=2'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
  ['#t-acme', '#t-acme'],
  ['javascript:alert(1)', '#refused'],
  ['JaVaScRiPt:alert(1)', '#refused'],
  [' javascript:alert(1)', '#refused'],
  ['data:text/html,<script>', '#refused'],
  ['//evil.example', '#refused'],
  ['/wiki', '#refused'],
])('the address %j leads to %j', (address, written) => {
  expect(text(html`<a href="${address}">x</a>`)).toBe(`<a href="${written}">x</a>`);
  expect(text(element('a', { href: address }, ['x']))).toBe(`<a href="${written}">x</a>`);
});

test('an address that the template begins goes on with any text', () => {
  expect(text(html`<a href="#${'t-acme'}-findings">x</a>`)).toBe('<a href="#t-acme-findings">x</a>');
});

describe('a place where no escaping helps takes no value', () => {
  test.each([
    ['a name of an element', () => html`<${'p'}>x</p>`],
    ['a name of an attribute', () => html`<p ${'title'}="x">x</p>`],
    ['an attribute without quote marks', () => html`<p title=${'x'}>x</p>`],
    ['a handler', () => html`<p onclick="${'x'}">x</p>`],
    ['a style', () => html`<p style="color: ${'red'}">x</p>`],
    ['a document in an attribute', () => html`<iframe srcdoc="${'x'}"></iframe>`],
    ['a script', () => html`<script>${'x'}</script>`],
    ['a style sheet', () => html`<style>${'x'}</style>`],
    ['a list in an attribute', () => html`<p title="${['x']}">x</p>`],
    ['markup in an attribute', () => html`<p title="${html`<b>x</b>`}">x</p>`],
    ['a handler of an element that is data', () => element('rect', { onload: 'x' }, [])],
    ['an element whose name is no name', () => element('p onload=x', {}, [])],
  ])('%s', (_, make) => {
    expect(make).toThrow(/may stand|takes a text|is named/);
  });
});

test('a source that could end its element is refused', () => {
  expect(text(inlineSource('style', 'p { color: red }'))).toBe('<style>p { color: red }</style>');
  expect(() => inlineSource('script', 'a = "</script>"')).toThrow(/could end/);
  expect(() => inlineSource('script', '<!-- a')).toThrow(/could end/);
});
