import { z } from 'zod';
import { closest } from '../src/domain/closest.ts';
import { isObject, type JsonObject } from '../src/domain/merge.ts';
import { type Problem, placeOf } from './problem.ts';
import { splitRefusal } from './refusal.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const KINDS: Readonly<Record<string, readonly [name: string, hint: string]>> = {
  string: ['text', 'put the value in quotes'],
  number: ['a number', 'write digits only, without quotes and units'],
  int: ['a whole number', 'write digits only, without quotes and units'],
  boolean: ['true or false', 'write true or false without quotes'],
  array: ['a list', 'write [one, two], or one entry a line after a dash'],
  object: ['a group of keys', 'write { key: value }, or the keys on lines of their own, indented'],
  record: ['a group of keys', 'write { key: value }, or the keys on lines of their own, indented'],
};

/** What zod refused in a file, as problems for people, each with its place; values of the file are never repeated. */
export function explain(
  issues: readonly Issue[],
  { file, data, schema }: { readonly file: string; readonly data: unknown; readonly schema: z.ZodType },
): Problem[] {
  const shape = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }) as unknown as JsonObject;
  const problems = (issue: Issue, base: Path): Problem[] => {
    const path = [...base, ...issue.path];
    const where = placeOf(file, path);
    const custom = splitRefusal(issue.message);
    const value = valueAt(data, path);
    if (issue.code !== 'custom' && (value === undefined || value === null)) return [{ where, ...absent(value) }];
    if (issue.code === 'unrecognized_keys' && custom === null) {
      const known = keysAt(shape, path);
      return issue.keys.map((key) => ({
        where: placeOf(file, [...path, key]),
        message: 'is not a key that is known here',
        hint: suggestion(key, known, 'keys'),
      }));
    }
    const branch = issue.code === 'invalid_union' ? likeliest(issue.errors) : null;
    if (branch !== null) return branch.flatMap((inner) => problems(inner, path));
    return [{ where, ...(custom ?? plain(issue, value)) }];
  };
  return issues.flatMap((issue) => problems(issue, []));
}

const absent = (value: null | undefined): Pick<Problem, 'message' | 'hint'> =>
  value === null
    ? { message: 'has no value', hint: 'give it one, or remove the line' }
    : { message: 'is missing', hint: 'add it' };

function plain(issue: Issue, value: unknown): Pick<Problem, 'message' | 'hint'> {
  switch (issue.code) {
    case 'invalid_type': {
      const [name, hint] = KINDS[issue.expected] ?? [issue.expected, 'correct the value'];
      return { message: `must be ${name}`, hint };
    }
    case 'invalid_value':
      return oneOf(value, issue.values.map(String));
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? oneOf(value, issue.options.map(String))
        : { message: 'has the wrong form', hint: 'config/audit.schema.json shows the possible forms' };
    case 'invalid_key':
      return splitRefusal(issue.issues[0]?.message ?? '') ?? { message: 'is not a valid key', hint: 'rename it' };
    case 'too_small':
      return bound(issue.origin, 'least', issue.minimum, issue.inclusive === false);
    case 'too_big':
      return bound(issue.origin, 'most', issue.maximum, false);
    default:
      return { message: 'is not valid', hint: 'correct the value' };
  }
}

function bound(origin: string, edge: 'least' | 'most', limit: number | bigint, beyond: boolean) {
  if (origin === 'array') {
    const message = edge === 'least' ? 'has too few entries' : 'has too many entries';
    return { message, hint: `it takes at ${edge} ${limit}; an empty list that means nothing is better left out` };
  }
  if (origin === 'string')
    return { message: `is too ${edge === 'least' ? 'short' : 'long'}`, hint: `at ${edge} ${limit} characters` };
  return {
    message: 'is out of range',
    hint: beyond ? `it must be more than ${limit}` : `it must be at ${edge} ${limit}`,
  };
}

function oneOf(value: unknown, options: readonly string[]): Pick<Problem, 'message' | 'hint'> {
  if (options.length === 1) return { message: 'has a value that is not possible', hint: `write ${options[0]}` };
  const word = typeof value === 'string' ? value : '';
  return { message: 'is not one of the possible values', hint: suggestion(word, options, 'values') };
}

function suggestion(word: string, known: readonly string[], what: 'keys' | 'values'): string {
  const meant = closest(word, known);
  if (meant !== null) return `did you mean ${meant}?`;
  if (known.join() === 'severity') return 'only severity can be set here: this version has no options for the rule yet';
  return known.length > 20 ? 'config/audit.schema.json lists what is known' : `possible ${what}: ${known.join(', ')}`;
}

/** The branch of a union that was meant: the one whose outer form fits, so that only something inside it is wrong. */
function likeliest(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const outside = ({ path, code }: Issue) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
  const fitting = branches.filter((issues) => !issues.some(outside)).toSorted((a, b) => a.length - b.length);
  const [best, second] = fitting;
  return best === undefined || second?.length === best.length ? null : best;
}

/** The keys that the schema knows at a path, over all branches of unions on the way. */
function keysAt(shape: JsonObject, path: Path): string[] {
  const definitions = shape['definitions'];
  const open = (node: unknown): JsonObject[] => {
    if (!isObject(node)) return [];
    const reference = node['$ref'];
    if (typeof reference === 'string' && isObject(definitions))
      return open(definitions[reference.slice('#/definitions/'.length)]);
    const branches = node['anyOf'] ?? node['oneOf'];
    return Array.isArray(branches) ? branches.flatMap(open) : [node];
  };
  let nodes = open(shape);
  for (const key of path) {
    nodes = nodes.flatMap((node) => {
      if (typeof key === 'number') return open(node['items']);
      const properties = node['properties'];
      const named = isObject(properties) && Object.hasOwn(properties, key) ? properties[String(key)] : undefined;
      return open(named ?? node['additionalProperties']);
    });
  }
  const keys = nodes.flatMap((node) => (isObject(node['properties']) ? Object.keys(node['properties']) : []));
  return [...new Set(keys)];
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}
