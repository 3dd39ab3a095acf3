import { describe, expect, it } from 'vitest';
import { compilePattern, patternOf } from '../../src/domain/pattern.ts';

describe('a pattern', () => {
  it.each([
    ['(a+)+$', `${'a'.repeat(200_000)}!`],
    ['(a|aa)+$', `${'a'.repeat(200_000)}!`],
    ['(.*a){20}', 'b'.repeat(200_000)],
    ['(x+x+)+y', 'x'.repeat(200_000)],
  ])('%s, which takes others for ever, ends', (source, text) => {
    const before = performance.now();
    expect(patternOf(source).find(text)).toBeNull();
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it.each([
    ['(?=a)b', 'is no pattern that can be searched for in linear time'],
    [String.raw`(a)\1`, 'is no pattern that can be searched for in linear time'],
    ['((a{1000}){1000}){1000}', 'is no pattern that can be searched for in linear time'],
    ['(', 'is no pattern that can be searched for in linear time'],
    ['(?:ab?){900}', 'repeats too much to be searched for in every page'],
    ['a'.repeat(301), 'is longer than 300 characters'],
  ])('%s is refused', (source, why) => {
    expect(compilePattern(source)).toEqual({ why });
  });

  it('tells where it matches, and ^ and $ are the ends of lines', () => {
    expect(patternOf('^b$').find('a\nb\nc')).toBe(2);
  });
});
