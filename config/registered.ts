import type { JsonObject } from '../src/domain/merge.ts';
import { explain } from './explain.ts';
import type { Layer } from './layers.ts';
import type { Problem } from './problem.ts';
import type { fileSchema } from './schema.ts';
import type { Source } from './sources.ts';

/** A tenant whose settings stand in no file, in the words of a file. */
export interface RegisteredTenant {
  readonly settings: unknown;
  /** What problems call it: `the tenant acme of the registry`, `line 7`. */
  readonly place: string;
}

/** Under this name the registry stands beside the files. */
export const REGISTRY = 'registry';

/** The registry as one more file that holds nothing but tenants. */
export function registrySource(
  registered: readonly RegisteredTenant[],
  schema: ReturnType<typeof fileSchema>,
): { readonly source: Source | null; readonly layers: readonly Layer[]; readonly problems: readonly Problem[] } {
  if (registered.length === 0) return { source: null, layers: [], problems: [] };
  const raw = { tenants: registered.map(({ settings }) => settings) };
  const answer = schema.safeParse(raw);
  if (!answer.success) {
    const problems = explain(answer.error.issues, { file: REGISTRY, data: raw, schema });
    return { source: { name: REGISTRY, raw, file: null }, layers: [], problems };
  }
  const layers = (answer.data.tenants ?? []).map((tenant, index): Layer => {
    const origin = { file: REGISTRY, path: ['tenants', index] };
    return { name: REGISTRY, values: tenant as unknown as JsonObject, origin };
  });
  return { source: { name: REGISTRY, raw, file: answer.data }, layers, problems: [] };
}

/** Problems with the tenants of the registry by their names: their numbers mean nothing to anybody. */
export function asRegistered(registered: readonly RegisteredTenant[], problems: readonly Problem[]): Problem[] {
  const named = (text: string): string =>
    text.replaceAll(/\bregistry: tenants\[(\d+)\](\.?)/g, (_, index: string, dot: string) => {
      const { place } = registered[Number(index)] as RegisteredTenant;
      return dot === '' ? place : `${place}: `;
    });
  return problems.map(({ where, message, hint }) => ({ where: named(where), message: named(message), hint }));
}
