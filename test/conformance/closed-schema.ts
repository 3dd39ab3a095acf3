/** A schema of OpenAPI 3.0, as far as it is looked at here. */
export interface SpecSchema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly allOf?: readonly SpecSchema[] | undefined;
  readonly properties?: Readonly<Record<string, SpecSchema>>;
  readonly required?: readonly string[];
}

type Follow = (schema: SpecSchema) => SpecSchema;

/** What `allOf` puts together as one schema: closing the parts one by one would refuse what stands in the others. */
function merge(parts: readonly SpecSchema[], follow: Follow): SpecSchema {
  const whole = parts.map((part) => {
    const at = follow(part);
    return at.allOf === undefined ? at : merge([...at.allOf, { ...at, allOf: undefined }], follow);
  });
  const properties = new Map<string, SpecSchema>();
  for (const part of whole) {
    for (const [name, schema] of Object.entries(part.properties ?? {})) {
      const before = properties.get(name);
      // Schemas refer to each other in circles, so what is the same is not put together with itself.
      const same = before === undefined || (before.$ref !== undefined && before.$ref === schema.$ref);
      properties.set(name, same ? schema : { allOf: [before, schema] });
    }
  }
  const required = whole.flatMap((part) => part.required ?? []);
  return { ...Object.assign({}, ...whole), allOf: undefined, required, properties: Object.fromEntries(properties) };
}

/**
 * The schema made strict: an object may have the properties that are listed, and no others, unless the schema itself opens
 * it. Without this an answer with every name misspelt would fit, because hardly a property is required. References become
 * absolute, so that a part of the document stands on its own.
 */
export function closedSchema(schema: SpecSchema, document: string, follow: Follow): SpecSchema {
  const one = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? closedSchema(value as SpecSchema, document, follow) : value;
  const each = (value: unknown): unknown[] => (value as unknown[]).map(one);
  const named = (value: unknown): unknown =>
    Object.fromEntries(Object.entries(value as object).map(([name, inner]) => [name, one(inner)]));
  const inside: Readonly<Record<string, (value: unknown) => unknown>> = {
    properties: named,
    oneOf: each,
    anyOf: each,
    items: one,
    additionalProperties: one,
  };

  if (schema.$ref !== undefined) return { $ref: `${document}${schema.$ref}` };
  const at = schema.allOf === undefined ? schema : merge([...schema.allOf, { ...schema, allOf: undefined }], follow);
  const entries = Object.entries(at)
    .filter(([, value]) => value !== undefined)
    .map(([keyword, value]) => [keyword, inside[keyword]?.(value) ?? value]);
  const closed = at.properties === undefined || 'additionalProperties' in at ? {} : { additionalProperties: false };
  return { ...Object.fromEntries(entries), ...closed } as SpecSchema;
}
