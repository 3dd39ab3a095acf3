import { z } from 'zod';
import { choice } from '../../src/domain/choice.ts';
import { closest } from '../../src/domain/closest.ts';
import { OUTPUT_FORMATS, type OutputFormat } from './plan-outputs.ts';

/** `csv,html` as formats, each once; a table where nothing is given. */
export const formatList = z
  .string()
  .default('table')
  .transform((text, context): readonly OutputFormat[] => {
    const words = text.split(',').map((word) => word.trim());
    const formats = words.flatMap((word) => OUTPUT_FORMATS.filter((known) => known === word));
    if (formats.length === words.length) return [...new Set(formats)];
    const wrong = words.find((word) => !OUTPUT_FORMATS.some((known) => known === word)) ?? '';
    const nearest = closest(wrong, OUTPUT_FORMATS);
    context.addIssue(`must be ${choice(OUTPUT_FORMATS)}${nearest === null ? '' : `; did you mean "${nearest}"?`}`);
    return z.NEVER;
  });
