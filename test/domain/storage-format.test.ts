import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStorage } from '../../src/domain/storage-format.ts';
import { demoWorlds } from '../../src/simulator/seed.ts';
import { corpusWorld } from '../corpus/world.ts';
import { NOW } from '../page-view.ts';
import { referenceReader } from '../reference-reader.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { brokenStorage, storage } from '../storage-text.ts';

type Event = readonly [kind: string, what: string, attributes?: readonly (readonly [string, string | undefined])[]];

interface Reading {
  readonly events: readonly Event[];
  readonly well: boolean;
}

/** What the present reader tells; of attributes it tells those that it is asked for. */
function eventsOf(text: string, asked: readonly (readonly string[])[]): Reading {
  const events: Event[] = [];
  let opened = 0;
  const well = readStorage(text, {
    element: (source, from, to) => ({ name: source.slice(from, to) }),
    open: ({ name }, attributes) => {
      const names = asked[opened] ?? [];
      opened += 1;
      events.push(['open', name, names.map((each) => [each, attributes.get(each)])]);
      if (names.some((each) => !attributes.has(each))) throw new Error('has() and get() differ.');
      if (attributes.any() !== names.length > 0) throw new Error('any() and get() differ.');
      if (attributes.get('no:such-name') !== undefined) throw new Error('An attribute that nobody wrote.');
    },
    close: ({ name }) => events.push(['close', name]),
    text: (source, from, to) => events.push(['text', source.slice(from, to)]),
  });
  return { events, well };
}

/** Both readings of a text: that of the present reader, and that which it has to equal. */
function readings(text: string): { readonly present: Reading; readonly reference: Reading } {
  const events: Event[] = [];
  const asked: string[][] = [];
  const well = referenceReader(text, {
    open: (name, attributes) => {
      asked.push([...attributes.keys()]);
      events.push(['open', name, [...attributes]]);
    },
    close: (name) => events.push(['close', name]),
    text: (chunk) => events.push(['text', chunk]),
  });
  return { present: eventsOf(text, asked), reference: { events, well } };
}

const differ = (texts: readonly string[]): readonly string[] =>
  texts.filter((text) => {
    const { present, reference } = readings(text);
    return !isDeepStrictEqual(present, reference);
  });
const beginnings = (text: string): readonly string[] =>
  Array.from({ length: text.length + 1 }, (_, length) => text.slice(0, length));

const wikis = (): string[] => [
  ...demoWorlds({ now: NOW }).flatMap(({ world }) =>
    [...world.contents.values()].flatMap(({ versions }) => versions.map(({ body }) => body)),
  ),
  ...corpusWorld(createSimulatedClock('2026-11-02T02:00:00.000Z')).pages.map(({ body }) => body),
];

describe('readStorage tells what the tokenizer of htmlparser2 tells', () => {
  it('of every body of the simulated wikis and of the corpus', () => {
    const bodies = wikis();
    expect(bodies.length).toBeGreaterThan(1_000);
    expect(differ(bodies)).toEqual([]);
  });

  it('of these bodies, wherever they are cut off', () => {
    const [body = ''] = wikis().toSorted((a, b) => b.length - a.length);
    expect(differ(beginnings(body.slice(0, 1_500)))).toEqual([]);
  });

  it('of markup that is well formed', () => {
    fc.assert(
      fc.property(storage, (text) => {
        const { present, reference } = readings(text);
        expect(present).toEqual(reference);
        expect(present.well).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('of markup that is broken in every way', () => {
    fc.assert(
      fc.property(brokenStorage, (text) => {
        const { present, reference } = readings(text);
        expect(present).toEqual(reference);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a tag within a tag', '<p <b>x</b>'],
    ['a tag that ends after its slash', '<br/'],
    ['a tag that ends after its slash and a blank', '<br / '],
    ['a closing tag without its end', '<p>a</p x'],
    ['a closing tag without a name', 'a</>b</ >c</'],
    ['a closing tag with two slashes', 'a<//p>b<//'],
    ['a slash between attributes', '<a x="1"/y="2" / z="3">t</a>'],
    ['a sign of equality in place of a name', '<a ="x" = y>t</a>'],
    ['a value without quotes that holds a slash', '<a x=/y/>t</a>'],
    ['a name that stands there twice among many', `<a ${'x'.repeat(3)}="1" ${many(40)} xxx="2" a39="3">t</a>`],
    ['a quote that is never closed', '<a x="1>t</a>'],
    ['CDATA that is empty, doubled, unfinished', '<![CDATA[]]><![CDATA[]]]]><![CDATA[]]>]]><![CDATA[ ]]'],
    ['what is nearly CDATA', '<![CDAT[x]]>y<![cdata[z]]>'],
    ['comments of every end', '<!---->a<!----!>b<!-- -- ->c--!-->d<!-->e-->f<!--->g'],
    ['declarations', '<!>a>b<!->c>d<!DOCTYPE x [ > ]<!'],
    ['instructions', '<?a > b?>c<?>d?>e<??>f<?'],
    ['an instruction that begins with a bracket', '>?<?<a >'],
    ['elements closed in another order', '<a><b><c></a></b></c><b></b></a>'],
    [
      'references',
      '<p t="&amp;&lt;&#x1F600;&#0;&#128;&notit;&semi;&#xD800;&">&amp;&nbsp;&#39;&copy;&foo; R&D &#99999999;</p>',
    ],
  ])('of %s', (_, text) => {
    expect(differ(beginnings(text))).toEqual([]);
  });
});

const many = (count: number): string => Array.from({ length: count }, (_, index) => `a${index}="${index}"`).join(' ');
