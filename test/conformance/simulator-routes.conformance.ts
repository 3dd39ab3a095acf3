import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Param, Route } from '../../src/simulator/api/route.ts';
import { SCOPES } from '../../src/simulator/api/route-scopes.ts';
import { ROUTES } from '../../src/simulator/route-table.ts';
import type { SpecSchema } from './closed-schema.ts';
import { openApi, type Operation, type SpecParameter } from './open-api.ts';
import { specFolder } from './spec-folder.ts';

const folder = specFolder();
const WHY = 'CONFLUENCE_SPEC_DIR names no folder with v1.openapi.json and v2.openapi.json';

// The spec names the values of these inside `items` or only in prose.
const enumOf = (operation: Operation, { schema }: SpecParameter): readonly string[] | undefined =>
  schema.enum ?? (schema.items === undefined ? undefined : operation.resolve(schema.items).enum);

function complaintsAbout(operation: Operation, name: string, ours: Param): string[] {
  const theirs = operation.parameters.find((each) => each.in === 'query' && each.name === name);
  if (theirs === undefined) return [`'${name}' is not in the spec`];
  const complaints: string[] = [];
  const { schema } = theirs;
  const known = enumOf(operation, theirs);
  const values = 'of' in ours && typeof ours.of !== 'string' ? ours.of : [];
  const strange = values.filter((value) => known !== undefined && !known.includes(value));
  if (strange.length > 0) complaints.push(`'${name}' has values that the spec lacks: ${strange.join(', ')}`);
  if (ours.kind === 'number') {
    if ((ours.max ?? Infinity) > (schema.maximum ?? Infinity)) complaints.push(`'${name}' goes up to ${ours.max}`);
    if (ours.min < (schema.minimum ?? 0)) complaints.push(`'${name}' goes down to ${ours.min}`);
    const unlike = schema.default !== undefined && schema.default !== ours.default;
    if (unlike)
      complaints.push(`'${name}' is ${ours.default} by default, and ${JSON.stringify(schema.default)} in the spec`);
  }
  if (ours.kind === 'list' && schema.maxItems !== undefined && ours.max !== schema.maxItems) {
    complaints.push(`'${name}' takes ${ours.max ?? 'any number of'} values, and ${schema.maxItems} in the spec`);
  }
  const optional = ours.kind !== 'text' || ours.required !== true;
  if (theirs.required === true && optional) complaints.push(`'${name}' is required in the spec`);
  return complaints;
}

interface Shape extends SpecSchema {
  readonly type?: string;
  readonly anyOf?: readonly Shape[];
  readonly allOf?: readonly Shape[] | undefined;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly enum?: readonly string[];
}

/** The keys of a body, at every depth: `subject.type`. */
function keysOf(shape: Shape, follow: (shape: Shape) => Shape, path = ''): string[] {
  const here = follow(shape);
  if (here.allOf !== undefined) return here.allOf.flatMap((part) => keysOf(part, follow, path));
  if (here.items !== undefined) return keysOf(here.items, follow, `${path}[]`);
  return Object.entries(here.properties ?? {}).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [`${at}${here.required?.includes(name) ? '' : '?'}`, ...keysOf(inner, follow, at)];
  });
}

const bodyKeys = (shapes: readonly Shape[], follow: (shape: Shape) => Shape): string[] =>
  shapes.map((shape) => keysOf(shape, follow).toSorted().join(' ')).toSorted();

const asJsonSchema = (body: z.ZodType): Shape => z.toJSONSchema(body) as Shape;

if (folder === null) process.stderr.write(`skipped: ${WHY}\n`);
const find = folder === null ? () => null : openApi(folder);
const official = ROUTES.filter((route) => route.beyondSpec === undefined);

describe.skipIf(folder === null)('against the official documents,', () => {
  test.for(official)('$method $template is in the spec', ({ method, template }) => {
    expect(find(method, template)).not.toBeNull();
  });

  test.for(official)('$method $template declares nothing that the spec does not allow', (route) => {
    const operation = find(route.method, route.template);
    const declared = Object.entries(route.query).filter(([name]) => !route.tolerated?.includes(name));
    const complaints = declared.flatMap(([name, param]) => (operation ? complaintsAbout(operation, name, param) : []));
    expect(complaints).toEqual([]);
  });

  test.for(official)('$method $template takes the body of the spec', (route: Route) => {
    const operation = find(route.method, route.template);
    const ours = route.body === undefined ? [] : [asJsonSchema(route.body)].flatMap((shape) => shape.anyOf ?? [shape]);
    const theirs = operation?.bodies ?? [];
    const follow = (shape: Shape): Shape => operation?.resolve(shape) ?? shape;
    expect(bodyKeys(ours, (shape) => shape)).toEqual(bodyKeys(theirs, follow));
  });

  test.for(official)('$method $template takes the scopes of the spec', ({ method, template }) => {
    expect(SCOPES[`${method} ${template}`]).toEqual(find(method, template)?.scopes);
  });

  test('a route stands outside the spec only for a reason that is given', () => {
    const outside = ROUTES.filter((route) => find(route.method, route.template) === null);
    expect(outside.map((route) => [route.template, typeof route.beyondSpec])).toEqual([
      ['/_edge/tenant_info', 'string'],
    ]);
  });
});
