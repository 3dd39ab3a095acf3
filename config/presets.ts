import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueEntry } from '../src/domain/catalogue.ts';
import type { JsonObject } from '../src/domain/merge.ts';
import { presetSchema } from './schema.ts';
import { readYamlFile } from './yaml-file.ts';

const FOLDER = join(import.meta.dirname, 'presets');

/** The names that `extends` can hold after `preset:`; the folder is the list. */
export const presetNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .toSorted();

/** The settings of one preset, written as in a config file. */
export function readPreset(name: string, catalogue: readonly CatalogueEntry[]): JsonObject {
  const path = join(FOLDER, `${name}.yaml`);
  const content = readYamlFile(path, path);
  if ('problem' in content) throw new Error(`The preset ${name} ${content.problem.message}.`);
  return { rules: presetSchema(catalogue).parse(content.data).rules as JsonObject };
}
