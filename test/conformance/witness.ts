import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { closedSchema, type SpecSchema } from './closed-schema.ts';
import type { Difference, Exchange } from './exchange.ts';
import { follower, openApi, type Operation, readDocuments, type SpecParameter } from './open-api.ts';

/** `/results/0/version` as `results[].version`, so that the same fault in many rows is one. */
const placeOf = (pointer: string): string =>
  pointer
    .replaceAll(/\/\d+(?=\/|$)/g, '[]')
    .replaceAll('/', '.')
    .replace(/^\./, '');

function explain({ instancePath, keyword, params, message = '' }: ErrorObject): Omit<Difference, 'where'> {
  const named = params as { additionalProperty?: string; missingProperty?: string };
  const at = placeOf(instancePath);
  if (keyword === 'additionalProperties') return { at, what: `knows no ${named.additionalProperty}` };
  if (keyword === 'required') return { at, what: `lacks ${named.missingProperty}` };
  return { at, what: message };
}

/** A query value as the type that its schema wants; left alone where it is no such thing, and then refused. */
function typed(raw: string, type: string | undefined): unknown {
  if ((type === 'integer' || type === 'number') && /^-?\d+$/.test(raw)) return Number(raw);
  if (type === 'boolean' && (raw === 'true' || raw === 'false')) return raw === 'true';
  return raw;
}

/** Says where a request or an answer differs from the official documents in `folder`. */
export function createWitness(folder: string) {
  const documents = readDocuments(folder);
  const find = openApi(folder);
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false });
  addFormats.default(ajv);
  for (const name of ['v1', 'v2'] as const) {
    const follow = follower(documents[name]) as (schema: SpecSchema) => SpecSchema;
    const schemas = Object.entries(documents[name].components.schemas).map(([key, schema]) => [
      key,
      closedSchema(schema as SpecSchema, name, follow),
    ]);
    ajv.addSchema({ $id: name, components: { schemas: Object.fromEntries(schemas) as object } });
  }

  const compiled = new Map<unknown, ValidateFunction>();
  const complaints = (operation: Operation, schema: object, value: unknown): Omit<Difference, 'where'>[] => {
    const follow = operation.resolve;
    const validate =
      compiled.get(schema) ?? ajv.compile(closedSchema(schema as SpecSchema, operation.document, follow));
    compiled.set(schema, validate);
    return validate(value) ? [] : (validate.errors ?? []).map(explain);
  };

  function aboutParameter(operation: Operation, parameter: SpecParameter, raw: readonly string[]) {
    const schema = operation.resolve(parameter.schema);
    const items = schema.type !== 'array' || schema.items === undefined ? undefined : operation.resolve(schema.items);
    const value =
      items === undefined
        ? typed(raw[0] ?? '', schema.type)
        : raw.flatMap((each) => each.split(',')).map((each) => typed(each, items.type));
    return complaints(operation, parameter.schema, value).map(({ what }) => what);
  }

  function aboutRequest(exchange: Exchange): Difference[] {
    const { method, template, target, requestBody } = exchange;
    const where = `${method} ${template}`;
    const operation = find(method, template);
    if (operation === null) return [{ where, at: 'path', what: 'is in neither document' }];
    const { pathname, searchParams } = new URL(target, 'http://site');
    const segments = pathname.split('/');
    const differences: Difference[] = [];
    const known = new Set<string>();
    for (const parameter of operation.parameters) {
      const { name, required } = parameter;
      const at = `${parameter.in} ${name}`;
      known.add(at);
      const place = template.split('/').indexOf(`{${name}}`);
      const raw = parameter.in === 'path' ? [decodeURIComponent(segments[place] ?? '')] : searchParams.getAll(name);
      if (raw.length === 0 && required === true) differences.push({ where, at, what: 'is required' });
      if (raw.length === 0 || parameter.in === 'header') continue;
      for (const what of aboutParameter(operation, parameter, raw)) differences.push({ where, at, what });
    }
    for (const name of new Set(searchParams.keys())) {
      if (!known.has(`query ${name}`)) differences.push({ where, at: `query ${name}`, what: 'is no parameter' });
    }
    if ((operation.body === null) !== (requestBody === '')) {
      differences.push({ where, at: 'body', what: requestBody === '' ? 'is required' : 'is not allowed' });
    } else if (operation.body !== null) {
      const found = complaints(operation, operation.body, JSON.parse(requestBody));
      differences.push(...found.map(({ at, what }) => ({ where, at: `body ${at}`, what })));
    }
    return differences;
  }

  function aboutAnswer({ method, template, status, contentType, body }: Exchange): Difference[] {
    const where = `${method} ${template} ${status}`;
    const operation = find(method, template);
    if (operation === null) return [{ where, at: 'path', what: 'is in neither document' }];
    const schema = operation.answers.get(status);
    if (schema === undefined) return [{ where, at: 'status', what: 'is not documented' }];
    if (schema === null) return [];
    if (!contentType.startsWith('application/json')) return [{ where, at: 'content-type', what: 'is not JSON' }];
    return complaints(operation, schema, JSON.parse(body)).map((difference) => ({ where, ...difference }));
  }

  return { aboutRequest, aboutAnswer };
}
