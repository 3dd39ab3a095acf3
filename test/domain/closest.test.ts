import { describe, expect, it } from 'vitest';
import { closest } from '../../src/domain/closest.ts';

describe('closest', () => {
  it('knows nothing where nothing is known', () => {
    expect(closest('mode', [])).toBeNull();
  });

  it.each([
    ['defalts', 'defaults'],
    ['max_concurrency', 'maxConcurrency'],
    ['MAXCONCURENCY', 'maxConcurrency'],
    ['mdoe', 'mode'],
    ['zzz', null],
    ['', null],
    ['mod', 'mode'],
    ['defaults', 'defaults'],
    ['x'.repeat(10_000), null],
  ])('takes %s for %s', (word, meant) => {
    expect(closest(word, ['defaults', 'maxConcurrency', 'mode'])).toBe(meant);
  });
});
