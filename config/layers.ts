import { isObject, type Json, type JsonObject, mergeObjects } from '../src/domain/merge.ts';

/** One layer of settings. */
export interface Layer {
  /** What `config print --resolved` calls it. */
  readonly name: string;
  readonly values: JsonObject;
  /** Where it stands, for problems; null for layers that nobody wrote into a file. */
  readonly origin: { readonly file: string; readonly path: readonly PropertyKey[] } | null;
}

/** All layers in one; later ones win. */
export const mergeLayers = (layers: readonly Layer[]): JsonObject =>
  layers.reduce<JsonObject>((merged, { values }) => mergeObjects(merged, values), {});

/** The layer that the value at a path comes from; null for a default that no layer spells out. */
export function layerOf(layers: readonly Layer[], path: readonly string[]): Layer | null {
  for (const layer of layers.toReversed()) {
    const held = holds(layer.values, path);
    if (held === 'value') return layer;
    // Something like `off` stood in the way and was replaced later, so what lies below it counts no more.
    if (held === 'obstacle') return null;
  }
  return null;
}

function holds(values: JsonObject, path: readonly string[]): 'value' | 'obstacle' | 'nothing' {
  let value: Json | undefined = values;
  for (const key of path) {
    if (!isObject(value)) return 'obstacle';
    if (!Object.hasOwn(value, key)) return 'nothing';
    value = value[key];
  }
  return 'value';
}
