import { parse } from 'yaml';
import { isObject, type Json, type JsonObject } from '../src/domain/merge.ts';
import type { Problem } from './problem.ts';

/**
 * The settings with some of them changed: `mode=apply`, `schedule.cron=0 3 * * *`, `spaces.include=[OPS, SRE]`. The value is YAML as in
 * a file; `null` takes the key away, so that what lies below it holds again. Values are not repeated in problems.
 */
export function assign(
  settings: JsonObject,
  assignments: readonly string[],
): { readonly settings: JsonObject; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  let changed = settings;
  for (const text of assignments) {
    const [, key = '', value] = /^([A-Za-z][\w-]*(?:\.[\w-]+)*)=(.*)$/s.exec(text) ?? [];
    const read = value === undefined ? null : yaml(value);
    if (value === undefined) {
      problems.push({
        where: 'An argument',
        message: 'is not KEY=VALUE',
        hint: 'write it as in mode=apply or tags.tier=gold',
      });
    } else if (read === null || value.trim() === '') {
      problems.push({
        where: key,
        message: 'has no value, or one that is no YAML',
        hint: 'put it in quotes, twice for the shell; null takes the key away',
      });
    } else {
      changed = put(changed, key.split('.'), read.value);
    }
  }
  return { settings: changed, problems };
}

function yaml(text: string): { readonly value: Json } | null {
  try {
    return { value: parse(text, { maxAliasCount: 0 }) as Json };
  } catch {
    return null;
  }
}

function put(settings: JsonObject, [key = '', ...rest]: readonly string[], value: Json): JsonObject {
  const { [key]: before, ...others } = settings;
  const after = rest.length === 0 ? value : put(isObject(before) ? before : {}, rest, value);
  const empty = after === null || (rest.length > 0 && isObject(after) && Object.keys(after).length === 0);
  return empty ? others : { ...settings, [key]: after };
}
