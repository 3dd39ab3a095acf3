import type { CatalogueEntry } from '../src/domain/catalogue.ts';
import type { JsonObject } from '../src/domain/merge.ts';
import { DEFAULT_PRESETS } from './built-in.ts';
import type { Layer } from './layers.ts';
import { readPreset } from './presets.ts';
import { placeOf } from './problem.ts';
import type { ConfigFile } from './schema.ts';
import type { Shared } from './stack.ts';

/** A valid file under the name that problems and layers call it. */
export type NamedFile = { readonly name: string; readonly file: ConfigFile };

/** What the files (the main one first) say to all tenants. */
export function sharedBy(files: readonly NamedFile[], catalogue: readonly CatalogueEntry[]): Shared {
  const [main] = files;
  const presets = (main?.file.extends ?? DEFAULT_PRESETS).map((name): Layer => {
    const values = readPreset(name.slice('preset:'.length), catalogue);
    return { name, values, origin: null };
  });
  const own = main === undefined ? [] : ownLayers(main);
  const overrides = files.flatMap(({ name, file }, index) =>
    (file.overrides ?? []).map((input, position) => {
      const { match: _match, ...values } = input;
      return { input, layer: layer({ name, main: index === 0 }, ['overrides', position], values) };
    }),
  );
  return { below: [...presets, ...own], overrides, ceilings: main?.file.ceilings };
}

const ownLayers = ({ name, file: { defaults = {}, rules, actions } }: NamedFile): Layer[] => [
  layer({ name, main: true }, ['defaults'], defaults),
  ...(rules === undefined ? [] : [{ ...layer({ name, main: true }, [], { rules }), name: 'rules' }]),
  ...(actions === undefined ? [] : [{ ...layer({ name, main: true }, [], { actions }), name: 'actions' }]),
];

/** The tenants of one file, each as a layer. */
export const tenantLayers = ({ name, file }: NamedFile, index: number): Layer[] =>
  (file.tenants ?? []).map((tenant, position) => layer({ name, main: index === 0 }, ['tenants', position], tenant));

/** `values` passed the schema, so it holds nothing that JSON cannot. */
const layer = ({ name, main }: { name: string; main: boolean }, path: PropertyKey[], values: object): Layer => {
  const place = placeOf(name, path);
  return {
    name: main ? place.slice(name.length + 2) : place,
    values: values as JsonObject,
    origin: { file: name, path },
  };
};
