import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonObject, mergeObjects } from '../../src/domain/merge.ts';

/** As settings are: what is a group in one layer is a group in all of them. */
const layer: fc.Arbitrary<JsonObject> = fc.record(
  {
    share: fc.double({ noNaN: true }),
    list: fc.array(fc.string(), { maxLength: 3 }),
    group: fc.record(
      { a: fc.integer(), b: fc.record({ c: fc.boolean() }, { requiredKeys: [] }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

describe('merge', () => {
  it('merges groups and replaces everything else, lists too', () => {
    const lower = { a: { b: 1, c: [1, 2] }, d: 'off' };
    expect(mergeObjects(lower, { a: { c: [3] }, d: { e: 1 } })).toEqual({ a: { b: 1, c: [3] }, d: { e: 1 } });
    expect(mergeObjects(lower, { a: 'off' })).toEqual({ a: 'off', d: 'off' });
  });

  it('does not matter where the brackets are', () => {
    fc.assert(
      fc.property(layer, layer, layer, (a, b, c) => {
        expect(mergeObjects(mergeObjects(a, b), c)).toEqual(mergeObjects(a, mergeObjects(b, c)));
      }),
    );
  });

  it('lets the upper layer win and changes nothing when laid over itself', () => {
    fc.assert(
      fc.property(layer, layer, (a, b) => {
        const both = mergeObjects(a, b);
        expect(mergeObjects(both, b)).toEqual(both);
        expect(mergeObjects(a, a)).toEqual(a);
      }),
    );
  });

  it('keeps a key called __proto__ as data', () => {
    const merged = mergeObjects({ a: {} }, JSON.parse('{"__proto__": {"polluted": true}}') as JsonObject);
    expect(Object.keys(merged)).toEqual(['a', '__proto__']);
    expect('polluted' in merged).toBe(false);
  });
});
