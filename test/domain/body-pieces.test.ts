import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/domain/body-facts.ts';
import { isSpace, kindOf, ORDINARY, SPACE, WORD } from '../../src/domain/characters.ts';
import { createFinder } from '../../src/domain/finder.ts';
import { createNameTable } from '../../src/domain/name-table.ts';
import { corpusWorld } from '../corpus/world.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

/** What a body says, whatever markup it says it in. */
const saidBy = (storage: string) => {
  const { facts, text } = readBody(storage);
  return { facts: { ...facts, hash: '' }, text };
};

const BETWEEN_TAGS = /(?<=>)[^<>]+(?=<)/g;
/** The same text in many pieces: comments part it after each blank, which nobody sees. */
const inPieces = (storage: string): string =>
  storage.replace(BETWEEN_TAGS, (text) => text.replaceAll(' ', ' <!-- -->'));
/** The same text with its blanks and full stops as references, so that nothing of it stands in the body as it is read. */
const inReferences = (storage: string): string =>
  storage.replace(BETWEEN_TAGS, (text) => text.replaceAll(' ', '&#32;').replaceAll('.', '&#x2e;'));

const page = (line: string): string =>
  `<h2>Contact</h2><p>${line}</p><table><tr><th>${line}</th><td>${line}</td></tr></table>`;

const BODIES: readonly string[] = corpusWorld(createSimulatedClock('2026-11-02T02:00:00.000Z'))
  .pages.map(({ body }) => body)
  .filter((body) => !body.includes('<![CDATA[') && !/T\.B/.test(body));

describe('facts do not depend on the pieces in which a text comes', () => {
  it.each([
    ['cut by comments', inPieces],
    ['with references in it', inReferences],
  ])('%s, of the corpus', (_, rewritten) => {
    const all = BODIES.filter((body) => rewritten(body) !== body);
    expect(all.length).toBeGreaterThan(200);
    for (const body of all) expect(saidBy(rewritten(body))).toEqual(saidBy(body));
  });

  it('whatever two pieces a line of words is cut into', () => {
    const words = fc.array(
      fc.constantFrom(
        'Owner',
        ':',
        ' ',
        '.',
        'coming soon',
        'to be defined',
        '1. do',
        '2. do',
        'Last tested: 2027-05-01',
        '手順',
        'é',
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(words, fc.nat(), (parts, place) => {
        const text = parts.join('');
        const at = place % (text.length + 1);
        expect(saidBy(page(`${text.slice(0, at)}<!-- -->${text.slice(at)}`))).toEqual(saidBy(page(text)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('kinds of characters', () => {
  it('call white space what \\s matches', () => {
    const wrong = Array.from({ length: 0x1_0000 }, (_, code) => code).filter(
      (code) => isSpace(code) !== /\s/.test(String.fromCharCode(code)),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    [0x303f, ORDINARY],
    [0x3040, WORD],
    [0x30ff, WORD],
    [0x3100, ORDINARY],
    [0x3400, WORD],
    [0x9fff, WORD],
    [0xa000, ORDINARY],
    [0xf8ff, ORDINARY],
    [0xf900, WORD],
    [0xfaff, WORD],
    [0xfb00, ORDINARY],
    [0x3000, SPACE],
  ])('tell of %i', (code, kind) => {
    expect(kindOf(code)).toBe(kind);
  });
});

describe('promises that are still a line of their own', () => {
  it.each(
    `to be defined; To be determined.; to be decided!; to be added; to be announced; to be confirmed; to be completed; to be documented;
    to be done; to be filled in; to be written; TO BE CONTINUED; coming soon…; Work in progress; Under construction; placeholder; please fill in;
    fill me in; fill this in; noch zu ergänzen; zu erga\u0308nzen; muss noch ergänzt werden; WIRD NOCH GEKLÄRT; wird gekla\u0308rt; wird geschrieben;
    muss dokumentiert werden; folgt; folgt noch; kommt noch; noch offen; in Arbeit; Platzhalter; Steps: (coming soon); Steps – to be done ]`
      .split(';')
      .map((line) => line.trim()),
  )('%s', (line) => {
    expect(saidBy(`<p>${line}</p>`).facts.markers).toEqual([{ kind: 'promise', count: 1 }]);
  });
});

describe('look-ups in a text', () => {
  it('a finder answers as indexOf does, also where somebody goes back or takes another text', () => {
    const find = createFinder(':');
    const asked: readonly (readonly [string, number])[] = [
      ['a:b:c', 0],
      ['a:b:c', 2],
      ['a:b:c', 0],
      ['a:b:c', 4],
      ['b', 0],
      ['a:b:c', 3],
    ];
    expect(asked.map(([text, from]) => find(text, from))).toEqual([1, 3, 1, 5, 1, 3]);
  });

  it('a name table finds names where they stand, and makes what it does not know', () => {
    const at = createNameTable(['p', 'td', 'th', 'ac:link'], (name) => ({ name, length: name.length }));
    expect(at('<td>', 1, 3)).toBe(at('</td>', 2, 4));
    expect(at('<th>', 1, 3)).toEqual({ name: 'th', length: 2 });
    expect(at('<x:y>', 1, 4)).toEqual({ name: 'x:y', length: 3 });
    expect(at('<x:y>', 1, 4)).not.toBe(at('<x:y>', 1, 4));
  });
});
