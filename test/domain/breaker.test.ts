import { describe, expect, it } from 'vitest';
import { breakerSays } from '../../src/domain/breaker.ts';

const says = (wanted: number, before: readonly number[], coverage: string | null = null) =>
  breakerSays({ wanted, before, coverage });

describe('breakerSays', () => {
  it.each<[number, readonly number[]]>([
    [0, [0]],
    [5_000, []],
    [50, [0, 0]],
    [500, [3, 100, 0]],
  ])('lets %i writes pass after nights that wanted %j', (wanted, before) => {
    expect(says(wanted, before)).toBeNull();
  });

  it.each<[number, readonly number[]]>([
    [51, [0]],
    [501, [3, 100, 0]],
  ])('stops %i writes after nights that wanted %j', (wanted, before) => {
    expect(says(wanted, before)).toMatch(/need a person's word/);
  });

  it('stops everything where something is missing that should have been seen, also on a first night', () => {
    expect(says(1, [], 'Space OPS is not listed any more.')).toBe(
      'Space OPS is not listed any more. What follows from so little is not written.',
    );
    expect(says(0, [], 'Space OPS is not listed any more.')).toBeNull();
  });
});
