import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/domain/body-facts.ts';

const extractFacts = (storage: string) => readBody(storage).facts;
const image = '<ac:image><ri:attachment ri:filename="a.png"/></ac:image>';

describe('a body that is not well formed', () => {
  it.each([
    ['cut within a tag', `${image}<p><ac:ima`],
    ['cut within a tag, outside of any element', `${image} text <ac:ima`],
    ['cut within an attribute', `${image}<a href="https://example.com/x > y`],
    ['cut within CDATA', `${image}<![CDATA[ never ends`],
    ['cut within a comment', `${image}<!-- never ends > `],
    ['left open', `<p>${image}`],
    ['closed in the wrong order', `<p><b>${image}</p></b>`],
    ['closed without being opened', `${image}</p>`],
    ['with NUL in it', `${image}<p>a\0b</p>`],
    ['with another forbidden control character', `${image}<p>a\u0008b</p>`],
    ['with a bare ampersand', `${image}<p>R & D</p>`],
    ['with a name that no reference has', `${image}<p>&runbook;</p>`],
    ['with a bare angle bracket', `${image}<p>1 < 2</p>`],
    ['with an attribute without quotes', `${image}<p class=x>a</p>`],
    ['with an attribute without a value', `${image}<p hidden>a</p>`],
    ['with an attribute that stands there twice', `${image}<p id="1" id="2">a</p>`],
  ])('is called damaged when %s, and keeps what is certain', (_, storage) => {
    expect(extractFacts(storage)).toMatchObject({ damaged: true, attachments: ['a.png'] });
  });

  it.each([
    ['text alone', 'Restart it.'],
    ['nothing', ''],
    ['several roots', '<p>a</p><p/>'],
    ['a greater-than sign in text', '<p>a > b</p>'],
    ['references of every kind', '<p>&lt;&quot;&apos;&copy;&semi;&#x1F600;&rarr;</p>'],
    ['brackets in CDATA', '<p><![CDATA[ a < b ]] > ]]]></p>'],
    ['a comment', '<p>a<!-- b --></p>'],
  ])('is not called so for %s', (_, storage) => {
    expect(extractFacts(storage).damaged).toBe(false);
  });

  it('never throws, and its facts always fit into jsonb of Postgres', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<ri:attachment ri:filename="',
      '<ac:link ac:anchor="',
      '<ri:page ri:content-title="',
      '"/>',
      '">',
      '\0',
      '\ud800',
      '&#0;',
      '&#xD800;',
      '&',
      '<![CDATA[',
      ']]>',
      '<',
      'text',
      '</ac:link>',
      '<h1>',
      '<a href="',
      '%00',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
        const { damaged: _, ...facts } = extractFacts(pieces.join(''));
        const json = JSON.stringify(facts);
        expect(json).not.toMatch(/\\u0000|\\ud[89a-f]/);
      }),
      { numRuns: 500 },
    );
  });

  it('finds in a cut body no more files than in the whole one', () => {
    const whole = `<p>${image}</p><ac:structured-macro ac:name="view-file"><ac:parameter ac:name="name"><ri:attachment ri:filename="b.pdf"/></ac:parameter></ac:structured-macro>`;
    for (let length = 0; length < whole.length; length += 1) {
      const { attachments } = extractFacts(whole.slice(0, length));
      expect(['', 'a.png', 'a.png,b.pdf']).toContain(attachments.join());
    }
  });
});

function time(count: number): number {
  const storage = '<p>'.repeat(count) + '</p>'.repeat(count);
  const started = process.threadCpuUsage();
  extractFacts(storage);
  const { user, system } = process.threadCpuUsage(started);
  return (user + system) / 1_000;
}

describe('a hostile body', () => {
  it.each([
    ['a title of a megabyte', `<ac:link><ri:page ri:content-title="${'x'.repeat(1_000_000)}"/></ac:link>`],
    ['a file name of a megabyte', `<ri:attachment ri:filename="${'x'.repeat(1_000_000)}"/>`],
    [
      'a hundred thousand links',
      Array.from({ length: 100_000 }, (_, index) => `<ri:page ri:content-title="T${index}"/>`).join(''),
    ],
    [
      'a hundred thousand files',
      Array.from({ length: 100_000 }, (_, index) => `<ri:attachment ri:filename="${index}"/>`).join(''),
    ],
    ['elements that are never closed', '<p>'.repeat(300_000)],
    ['elements that are closed by other names', '<a>'.repeat(200_000) + '</b>'.repeat(200_000)],
    ['a heap of headings', '<h1>x</h1>'.repeat(50_000)],
    ['a heap of macros', Array.from({ length: 20_000 }, (_, index) => `<ac:macro ac:name="${index}"/>`).join('')],
    ['a heap of ampersands', '&a'.repeat(500_000)],
  ])('costs neither time nor memory: %s', (_, storage) => {
    const started = performance.now();
    const facts = extractFacts(storage);
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(facts.damaged).toBe(true);
    expect(JSON.stringify(facts).length).toBeLessThan(2_000_000);
  });

  it('takes a heading of a megabyte as far as a title may go', () => {
    const facts = extractFacts(`<h1>${'word '.repeat(200_000)}</h1>`);
    expect(facts.headings[0]?.text).toHaveLength(255);
    expect(facts.words).toBe(200_000);
  });

  it('reads ten times the elements in about ten times the time', () => {
    time(20_000);
    // A quadratic reader would need a hundred times as long.
    expect(time(200_000)).toBeLessThan(60 * Math.max(5, time(20_000)));
  });
});
