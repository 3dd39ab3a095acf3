import { z } from 'zod';
import type { CatalogueEntry } from '../src/domain/catalogue.ts';
import { SEVERITIES } from '../src/domain/severity.ts';
import { refusal } from './refusal.ts';

const error = refusal(
  'is neither off nor a group of keys',
  'write off, or {} for the defaults, or keys as in { severity: high }',
);
const severity = z.enum(SEVERITIES).optional();

/** The `rules` of one layer: `off`, or the severity and options to change. Defaults stay out, or they would undo lower layers. */
export function rulesSchema(catalogue: readonly CatalogueEntry[]) {
  const entries = catalogue.map(({ id, options }) => {
    const setting = z.strictObject({ ...partialOptions(options), severity });
    return [id, z.union([z.literal('off'), setting], { error }).optional()] as const;
  });
  return z
    .strictObject(Object.fromEntries(entries))
    .describe('Rules by id. Naming a rule turns it on; off turns it off.');
}

/** The options of a rule, each on its own and none required. */
function partialOptions(options: z.ZodType | null): Record<string, z.ZodType> {
  if (!(options instanceof z.ZodObject)) return {};
  const shape = options.shape as Record<string, z.ZodType>;
  return Object.fromEntries(
    Object.entries(shape).map(([key, field]) => {
      const bare = (field instanceof z.ZodDefault ? field.unwrap() : field) as z.ZodType;
      const told = field.description === undefined ? bare : bare.describe(field.description);
      return [key, told.optional()];
    }),
  );
}
