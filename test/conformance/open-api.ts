import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SpecSchema } from './closed-schema.ts';

interface Schema extends SpecSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly maximum?: number;
  readonly minimum?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}
export interface SpecParameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}
interface SpecBody {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}
interface SpecOperation {
  readonly parameters?: readonly SpecParameter[];
  readonly requestBody?: SpecBody;
  readonly responses?: Readonly<Record<string, SpecBody>>;
  readonly 'x-atlassian-oauth2-scopes'?: readonly { readonly scopes: readonly string[] }[];
}
export interface SpecDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SpecOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Operation {
  readonly parameters: readonly SpecParameter[];
  /** The body's own alternatives, with every reference followed; empty where there is no body. */
  readonly bodies: readonly Schema[];
  readonly document: 'v1' | 'v2';
  /** The schema of the JSON body, or null where there is none. */
  readonly body: Schema | null;
  /** The schema of the JSON answer by status, null where the status has no JSON. */
  readonly answers: ReadonlyMap<number, Schema | null>;
  /** The scopes that an OAuth token needs: one of the lists. */
  readonly scopes: readonly (readonly string[])[];
  /** Follows one reference. */
  readonly resolve: (schema: Schema) => Schema;
}

export function readDocuments(folder: string): Readonly<Record<'v1' | 'v2', SpecDocument>> {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as SpecDocument;
  return { v1: read('v1.openapi.json'), v2: read('v2.openapi.json') };
}

const jsonOf = (body: SpecBody | undefined): Schema | null => body?.content?.['application/json']?.schema ?? null;

/** Follows references inside one document. */
export function follower(document: SpecDocument) {
  const follow = <Item extends { readonly $ref?: string }>(item: Item): Item => {
    if (item.$ref === undefined) return item;
    let at: unknown = document;
    for (const key of item.$ref.split('/').slice(1)) at = (at as Record<string, unknown>)[key];
    return follow(at as Item);
  };
  return follow;
}

const unnamed = (path: string): string => path.replaceAll(/\{[^}]*\}/g, '{}');
const namesIn = (path: string): string[] => [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);

/** Both official documents as one: an operation by the method and the path under the site. */
export function openApi(folder: string) {
  const documents = readDocuments(folder);

  return (method: string, template: string): Operation | null => {
    // The document of v2 leaves its prefix to the server's address.
    const name = template.startsWith('/wiki/api/v2') ? 'v2' : 'v1';
    const path = name === 'v2' ? template.slice('/wiki/api/v2'.length) : template;
    const follow = follower(documents[name]);
    const { paths } = documents[name];
    const theirs = Object.keys(paths).find((each) => unnamed(each) === unnamed(path)) ?? '';
    const operation = paths[theirs]?.[method.toLowerCase()];
    if (operation === undefined) return null;
    // The same place may be {id} here and {page-id} there.
    const ours = new Map(namesIn(theirs).map((each, index) => [each, namesIn(path)[index] ?? each]));
    const called = (each: SpecParameter): SpecParameter =>
      each.in === 'path' ? { ...each, name: ours.get(each.name) ?? each.name } : each;
    const body = jsonOf(follow<SpecBody>(operation.requestBody ?? {}));
    const whole = body === null ? [] : [follow(body)];
    const answers = Object.entries(operation.responses ?? {});
    return {
      parameters: (operation.parameters ?? []).map(follow).map(called),
      bodies: whole.flatMap((schema) => schema.oneOf?.map(follow) ?? [schema]),
      document: name,
      body,
      answers: new Map(answers.map(([status, answer]) => [Number(status), jsonOf(follow(answer))])),
      scopes: (operation['x-atlassian-oauth2-scopes'] ?? []).map(({ scopes }) => scopes),
      resolve: follow,
    };
  };
}
