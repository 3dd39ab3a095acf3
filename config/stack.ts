import { BUILT_IN } from './built-in.ts';
import { type Layer, mergeLayers } from './layers.ts';
import type { ConfigFile } from './schema.ts';
import { MODES } from './setting-schemas.ts';
import type { TenantSettings } from './settings.ts';
import { matchesTenant } from './tenant-match.ts';
import { namesPages, type OverrideInput } from './tenant-schema.ts';

/** One entry of `overrides`. */
export interface Override {
  readonly input: OverrideInput;
  readonly layer: Layer;
}

/** What all files say together, tenants apart. */
export interface Shared {
  /** Presets and the file's own defaults, lowest first. */
  readonly below: readonly Layer[];
  readonly overrides: readonly Override[];
  readonly ceilings: ConfigFile['ceilings'];
}

const builtIn: Layer = { name: 'built-in', values: BUILT_IN, origin: null };

/** The layers of one tenant, lowest first, and the overrides that are still to be looked at page by page. */
export function stackLayers(
  tenant: Layer,
  shared: Shared,
): { readonly layers: readonly Layer[]; readonly onPages: readonly Override[] } {
  const identity = mergeLayers([builtIn, tenant]) as unknown as Pick<TenantSettings, 'id' | 'tags'>;
  const matching = shared.overrides.filter(({ input }) => matchesTenant(input.match, identity));
  const whole = matching.filter(({ input }) => !namesPages(input.match)).map(({ layer }) => layer);
  // Once an override looks at pages, every later one has to come after it there too, or the last would not win.
  const first = matching.findIndex(({ input }) => namesPages(input.match));
  const onPages = first < 0 ? [] : matching.slice(first).filter(({ input }) => input.rules !== undefined);
  return { layers: capped([builtIn, ...shared.below, tenant, ...whole], shared.ceilings), onPages };
}

/** The layers, and on top of them one that takes back what exceeds the ceilings. */
function capped(layers: readonly Layer[], ceilings: ConfigFile['ceilings']): readonly Layer[] {
  if (ceilings === undefined) return layers;
  const { limits, mode } = mergeLayers(layers) as unknown as Pick<TenantSettings, 'limits' | 'mode'>;
  const now: Readonly<Record<string, number>> = { ...limits };
  const over = Object.entries(ceilings.limits ?? {}).flatMap(([key, ceiling]) =>
    ceiling !== undefined && (now[key] ?? 0) > ceiling ? [[key, ceiling] as const] : [],
  );
  const top = ceilings.mode;
  const modeOver = top !== undefined && MODES.indexOf(mode) > MODES.indexOf(top) ? { mode: top } : {};
  const values = { limits: Object.fromEntries(over), ...modeOver };
  return [...layers, { name: 'ceilings', values, origin: null }];
}
