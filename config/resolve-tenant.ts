import type { CatalogueEntry } from '../src/domain/catalogue.ts';
import type { JsonObject } from '../src/domain/merge.ts';
import type { PageOverride } from '../src/domain/page-settings.ts';
import type { ActionInput } from './action-schema.ts';
import { resolveAction } from './action-settings.ts';
import { defaultActions } from './built-in.ts';
import { durationMs } from './duration.ts';
import { type Layer, layerOf, mergeLayers } from './layers.ts';
import { type Problem, placeOf } from './problem.ts';
import { resolvePatches, resolveRules } from './rule-settings.ts';
import type { Auth, TenantSettings } from './settings.ts';
import { type Override, type Shared, stackLayers } from './stack.ts';

export interface ResolvedTenant {
  readonly settings: TenantSettings;
  /** The same in the words of the config file, every key present. */
  readonly written: JsonObject;
  /** The overrides that look at pages, in the words of the config file. */
  readonly writtenOverrides: readonly JsonObject[];
  readonly layers: readonly Layer[];
}

/** The merged layers; complete because the built-in layer is. */
type Merged = Omit<TenantSettings, 'auth' | 'schedule' | 'rules' | 'actions' | 'pageOverrides'> & {
  readonly auth: Exclude<Auth, 'expires'> & { readonly expires?: string };
  readonly schedule: Omit<TenantSettings['schedule'], 'windowMs'> & { readonly window: string };
  readonly rules?: JsonObject;
  readonly actions: readonly ActionInput[];
};

/** All layers of one tenant in one. The problems are those that only show when the layers lie over each other. */
export function resolveTenant(
  tenant: Layer,
  { catalogue, shared }: { readonly catalogue: readonly CatalogueEntry[]; readonly shared: Shared },
): { readonly tenant: ResolvedTenant; readonly problems: readonly Problem[] } {
  const { layers, onPages } = stackLayers(tenant, shared);
  const values = mergeLayers(layers);
  const { prefix } = (values as unknown as Merged).labels;
  const plain: JsonObject = { actions: defaultActions(prefix), ...values };
  const merged = plain as unknown as Merged;

  const problems: Problem[] = [];
  const misfit = (layer: Layer | null, ruleId: string, why: string): void => {
    const message = `does not fit together with the layers below it: ${why}`;
    const hint = 'npm run config -- print --resolved shows where each value comes from';
    problems.push({ where: place(layer ?? tenant, ['rules', ruleId]), message, hint });
  };
  const rules = resolveRules(merged.rules, catalogue, (id, why) => misfit(layerOf(layers, ['rules', id]), id, why));
  const pageOverrides = onPages.map(({ input, layer }): PageOverride => {
    const { spaces = null, labels = null, ancestors = null } = input.match;
    const complain = (id: string, why: string): void => misfit(layer, id, why);
    const patches = resolvePatches(layer.values['rules'] as JsonObject, { base: rules, catalogue, complain });
    return { match: { spaces, labels, ancestors }, rules: patches };
  });
  problems.push(...foreignMarks(merged, layerOf(layers, ['actions']) ?? tenant));

  const ruleIds = catalogue.map(({ id }) => id);
  const { window, ...schedule } = merged.schedule;
  const settings: TenantSettings = {
    ...merged,
    auth: { ...merged.auth, expires: merged.auth.expires ?? null },
    schedule: { ...schedule, windowMs: durationMs(window) ?? 0 },
    rules,
    actions: merged.actions.map((action) => resolveAction(action, ruleIds)),
    pageOverrides,
    // They stand beside the tenants, not in a layer.
    mutes: [],
    notify: [],
  };
  const written = { ...plain, rules: inWords(rules) };
  const writtenOverrides = onPages.map((override) => overrideInWords(merged.id, override));
  return { tenant: { settings, written, writtenOverrides, layers }, problems };
}

const place = ({ origin, name }: Layer, path: readonly PropertyKey[]): string =>
  origin === null ? placeOf(name, path) : placeOf(origin.file, [...origin.path, ...path]);

/** Marks of actions that we would not dare to remove again. */
const foreignMarks = ({ id, labels: { prefix }, actions }: Merged, layer: Layer): Problem[] =>
  actions.flatMap((action, index) =>
    action.do.flatMap(({ label, property }, step) => {
      const mark = label ?? property;
      return mark === undefined || mark.startsWith(prefix)
        ? []
        : {
            where: place(layer, ['actions', index, 'do', step, label === undefined ? 'property' : 'label']),
            message: `does not begin with the label prefix of the tenant ${id}`,
            hint: `begin it with ${prefix}, or change labels.prefix`,
          };
    }),
  );

const inWords = (rules: TenantSettings['rules']): JsonObject =>
  Object.fromEntries(
    Object.entries(rules).map(([id, setting]) => [
      id,
      setting === null ? 'off' : { severity: setting.severity, ...setting.options },
    ]),
  );

/** The same override for this tenant alone. */
function overrideInWords(tenantId: string, { input, layer }: Override): JsonObject {
  const { tenants: _tenants, tags: _tags, ...pages } = input.match;
  return { match: { tenants: [tenantId], ...pages }, rules: layer.values['rules'] ?? {} } as JsonObject;
}
