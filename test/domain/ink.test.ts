import { describe, expect, test } from 'vitest';
import { coloured, linked, NO_INK } from '../../src/domain/ink.ts';

const INK = { colour: true, links: true };
const PAGE = 'https://acme.atlassian.net/wiki/spaces/OPS/pages/1';

describe('a colour', () => {
  test.each([
    ['critical', '\u001b[1;31mcritical\u001b[0m'],
    ['complete', '\u001b[32mcomplete\u001b[0m'],
    ['stale-runbook', 'stale-runbook'],
    ['constructor', 'constructor'],
    ['', ''],
  ])('of %s', (word, written) => {
    expect(coloured(word, word, INK)).toBe(written);
    expect(coloured(word, word, NO_INK)).toBe(word);
  });
});

describe('a link', () => {
  test('is around its text', () => {
    expect(linked('Restart', PAGE, INK)).toBe(`\u001b]8;;${PAGE}\u001b\\Restart\u001b]8;;\u001b\\`);
    expect(linked('Restart', PAGE, NO_INK)).toBe('Restart');
  });

  test.each([
    ['javascript:alert(1)'],
    ['file:///etc/passwd'],
    ['https://acme.atlassian.net/a b'],
    ['https://acme.atlassian.net/\u00e9'],
    [''],
  ])('is none to %j', (address) => {
    expect(linked('Restart', address, INK)).toBe('Restart');
  });

  test('cannot be ended by its address', () => {
    const address = `${PAGE}\u001b\\\u001b[31m\u0007\u009c`;
    expect(linked('Restart', address, INK)).toBe(`\u001b]8;;${PAGE}\u001b\\Restart\u001b]8;;\u001b\\`);
  });

  test('stands around no blank', () => {
    expect(linked('', PAGE, INK)).toBe('');
  });
});
