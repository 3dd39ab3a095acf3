import type { Endpoint } from './endpoints.ts';

/** Answers made of users, groups and permissions, of which each counts twice. */
const IDENTITIES = /\/(?:user|users-bulk|group|permissions|permission|membersByGroupId|byOperation)\b/;

/**
 * What a call counts for in an app's hourly quota: 1, and 1 for each object or 2 for each identity in its answer, nested
 * ones included, which is the dearest reading of https://developer.atlassian.com/cloud/confluence/rate-limiting/; a write
 * counts 1.
 */
export function pointsOf({ class: kind, template }: Pick<Endpoint, 'class' | 'template'>, json: unknown): number {
  if (kind === 'write') return 1;
  const each = IDENTITIES.test(template) ? 2 : 1;
  return 1 + (isObject(json) && Array.isArray(json['results']) ? weigh(json['results'], each) : own(json, each));
}

const own = (json: unknown, each: number): number => (isObject(json) ? each + nested(json) : 0);

const weigh = (items: readonly unknown[], each: number): number =>
  items.reduce((sum: number, item) => sum + each + (isObject(item) ? nested(item) : 0), 0);

/** Lists within an object: labels count 1, the users and groups of restrictions 2. */
function nested(object: Readonly<Record<string, unknown>>): number {
  return Object.entries(object).reduce((sum, [name, value]) => {
    if (!isObject(value)) return sum;
    const results = value['results'];
    return sum + (Array.isArray(results) ? weigh(results, name === 'user' || name === 'group' ? 2 : 1) : nested(value));
  }, 0);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
