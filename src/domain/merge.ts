/** What YAML and JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The upper value over the lower one: objects merge key by key, everything else (lists too) is replaced. */
function merge(lower: Json | undefined, upper: Json): Json {
  if (!isObject(upper) || !isObject(lower)) return upper;
  // fromEntries defines own properties, so a key called __proto__ stays data.
  return Object.fromEntries([
    ...Object.entries(lower),
    ...Object.entries(upper).map(([key, value]) => [key, Object.hasOwn(lower, key) ? merge(lower[key], value) : value]),
  ]) as JsonObject;
}

/** Merges two objects; see `merge`. */
export const mergeObjects = (lower: JsonObject, upper: JsonObject): JsonObject => merge(lower, upper) as JsonObject;
