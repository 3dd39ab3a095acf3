import { asAuditError } from '../domain/errors.ts';
import { scrub } from './scrub.ts';

/** Every field a log line may carry. What is not here is dropped, so an object logged by mistake leaks nothing. */
const LOG_FIELDS = [
  // Whose line it is.
  'tenant',
  'run',
  'plan',
  'job',
  // What it is about: ids and names that we made or that Confluence assigns, never text of a page.
  'step',
  'space',
  'page',
  'rule',
  'label',
  'action',
  'slot',
  'startsAt',
  'key',
  'view',
  'receiver',
  'position',
  // How it went.
  'code',
  'error',
  'hint',
  'stack',
  // True for what a security team wants to hear of.
  'security',
  'outcome',
  'reason',
  'detail',
  'exit',
  // The request behind it.
  'method',
  'endpoint',
  'status',
  'attempts',
  'requestId',
  'host',
  'port',
  'waitSeconds',
  'retryAfterSeconds',
  'resumeAt',
  // How much.
  'tenants',
  'spaces',
  'pages',
  'changed',
  'requests',
  'estimated',
  'points',
  'throttled',
  'findings',
  'opened',
  'resolved',
  'planned',
  'written',
  'deferred',
  'count',
  'limit',
  'seconds',
] as const;

type LogField = (typeof LOG_FIELDS)[number];
type LogValue = string | number | boolean | null | undefined;
export type LogFields = { readonly [Field in LogField]?: LogValue };

const LONGEST_VALUE = 1000;
/** A stack is asked for, at debug level, and useless when it is cut. */
const LONGEST_STACK = 8000;

/** The listed fields alone, as short scalars. Takes anything, because mistakes are not typed. */
export function allowedFields(given: object): Record<string, string | number | boolean | null> {
  const kept: Record<string, string | number | boolean | null> = {};
  for (const field of LOG_FIELDS) {
    if (!Object.hasOwn(given, field)) continue;
    const value: unknown = Reflect.get(given, field);
    if (typeof value === 'string')
      kept[field] = scrub(value).slice(0, field === 'stack' ? LONGEST_STACK : LONGEST_VALUE);
    else if (typeof value === 'number' || typeof value === 'boolean' || value === null) kept[field] = value;
  }
  return kept;
}

/** What a log line says of a failure: our code, message and hint, or the bare message of an unexpected one. */
export function errorFields(error: unknown): LogFields {
  const ours = asAuditError(error);
  if (ours !== null) {
    const security = ours.kind.security === true ? { security: true } : {};
    return { ...ours.fields, ...security, code: ours.code, error: ours.message, hint: ours.hint };
  }
  return {
    code: 'unexpected',
    error: error instanceof Error ? error.message : 'Something was thrown that is no error.',
  };
}
