import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly maximum?: number;
  readonly minimum?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
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
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SpecOperation>>>>;
}

export interface Operation {
  readonly parameters: readonly SpecParameter[];
  /** The body's own alternatives, with every reference followed; empty where there is no body. */
  readonly bodies: readonly Schema[];
  /** Follows one reference. */
  resolve(schema: Schema): Schema;
}

/** Both official documents as one: an operation by the method and the path under the site. */
export function openApi(folder: string) {
  const read = (name: string): Document => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Document;
  const v1 = read('v1.openapi.json');
  const v2 = read('v2.openapi.json');

  return (method: string, template: string): Operation | null => {
    // The document of v2 leaves its prefix to the server's address.
    const [document, path] = template.startsWith('/wiki/api/v2')
      ? [v2, template.slice('/wiki/api/v2'.length)]
      : [v1, template];
    const follow = <Item extends { readonly $ref?: string }>(item: Item): Item => {
      if (item.$ref === undefined) return item;
      const keys = item.$ref.split('/').slice(1);
      let at: unknown = document;
      for (const key of keys) at = (at as Record<string, unknown>)[key];
      return follow(at as Item);
    };
    const operation = document.paths[path]?.[method.toLowerCase()];
    if (operation === undefined) return null;
    const body = follow<SpecBody>(operation.requestBody ?? {}).content?.['application/json']?.schema;
    const whole = body === undefined ? [] : [follow(body)];
    return {
      parameters: (operation.parameters ?? []).map(follow),
      bodies: whole.flatMap((schema) => schema.oneOf?.map(follow) ?? [schema]),
      resolve: follow,
    };
  };
}
