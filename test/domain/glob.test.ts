import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstMatch, matchesGlob } from '../../src/domain/glob.ts';

const word = (...letters: string[]) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 });

describe('matchesGlob', () => {
  it.each([
    ['*runbook*', 'Database Runbook', true],
    ['*runbook*', 'a/b/RUNBOOK/c', true],
    ['*runbook*', '.runbook', true],
    ['*runbook*', 'run book', false],
    ['runbook', 'runbooks', false],
    ['runbook', 'Runbook', true],
    ['[OPS] Runbook (v2)*', '[ops] runbook (V2) draft', true],
    ['[OPS]*', 'O', false],
    ['{a,b}', 'a', false],
    ['!OPS', 'DEV', false],
    ['*.*', 'a.b', true],
    ['~*', '~712020:abc', true],
    ['?', '/', true],
    ['?', '🔥', true],
    ['a?c', 'ac', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['Caf\u00e9*', 'cafe\u0301 runbook', true],
    ['**', 'x/y', true],
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXcYb', false],
  ])('%j on %j is %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it('agrees with a regular expression on any short pattern', () => {
    fc.assert(
      fc.property(word('a', 'b', '*', '?', '.'), word('a', 'b', '.'), (pattern, text) => {
        const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(matchesGlob(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
    );
  });

  it('comes back at once where a regular expression would not', () => {
    const started = performance.now();
    expect(matchesGlob(`${'*a'.repeat(100)}b`, 'a'.repeat(5_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('of several patterns the first that covers the text is found', () => {
    const texts = word('a', 'B', '.', 'é', 'e\u0301', 'K', '\u212a', '🔥');
    fc.assert(
      fc.property(
        fc.array(word('a', 'b', '.', '*', '?', 'É', '\u0301', 'k', '🔥'), { maxLength: 6 }),
        texts,
        (patterns, text) => {
          expect(firstMatch(patterns, text)).toBe(patterns.find((pattern) => matchesGlob(pattern, text)) ?? null);
        },
      ),
    );
  });
});
