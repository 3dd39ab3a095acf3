import { z } from 'zod';
import type { CatalogueEntry } from '../src/domain/catalogue.ts';
import { presetNames } from './presets.ts';
import { fileSchema } from './schema.ts';

/** The text of `audit.schema.json`, by which editors complete and check a config file. */
export function configJsonSchema(catalogue: readonly CatalogueEntry[]): string {
  const schema = fileSchema({ catalogue, presets: presetNames() }).describe(
    'Configuration of confluence-audit-worker.',
  );
  // Editors' YAML support still speaks draft 7 best: https://github.com/redhat-developer/yaml-language-server
  return `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', target: 'draft-7', reused: 'ref' }), null, 2)}\n`;
}
