import type { ErrorCode } from '../domain/errors.ts';
import type { Place } from './place.ts';
import { saysIpRefused, saysSuspended } from './refused-entry.ts';

export interface ClassifyInput {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly contentType: string;
  readonly body: string;
  /** What `parseJson` made of the body. */
  readonly json: unknown;
  readonly api: 'v1' | 'v2';
  readonly through: Place['through'];
}

export interface Verdict {
  readonly code: ErrorCode;
  /** Half a sentence, without anything out of the body. */
  readonly message: string;
  readonly retryable: boolean;
  /** Another try is worth the wait, but only one. */
  readonly onceMore?: true;
  /** The mark of a dead credential, which also occurs for a minute under load: only a second look can tell. */
  readonly doubtful?: true;
}

interface Signs extends Omit<ClassifyInput, 'json'> {
  readonly html: boolean;
  readonly json: Record<string, unknown> | null;
  readonly location: string;
}

type Row = readonly [when: (signs: Signs) => boolean, then: Verdict];

const verdict = (code: ErrorCode, message: string, retryable = false): Verdict => ({ code, message, retryable });
const doubtful = (message: string): Verdict => ({ code: 'auth-invalid', message, retryable: false, doubtful: true });

/** What an answer means that is not a success; the first row that fits decides. */
const TABLE: readonly Row[] = [
  [(s) => s.status >= 300 && saysSuspended(s), verdict('site-suspended', 'the site seems to be suspended')],
  [
    ({ status, location }) => status >= 300 && status < 400 && /\bid\.atlassian\.com\b|\/log-?in\b/i.test(location),
    verdict('login-page', 'it sent us to a login page'),
  ],
  [({ status }) => status >= 300 && status < 400, verdict('redirect-refused', 'it redirected us')],
  [(s) => s.status === 401 && /\bscope/i.test(said(s)), verdict('scope-missing', 'the token lacks a scope')],
  [
    // What the site's own host answers to tokens with scopes and to Bearer tokens; a wrong plain token gets 403 or 404.
    ({ status, html, through }) => status === 401 && html && through === 'site',
    verdict('gateway-needed', 'its own host does not take this kind of token'),
  ],
  [
    // No body is guaranteed at the gateway: a token that still says who it is lacks a scope instead.
    ({ status, through }) => status === 401 && through === 'gateway',
    doubtful('the token was refused'),
  ],
  [({ status }) => status === 401, verdict('auth-invalid', 'the credential was refused')],
  [({ status }) => status === 429, verdict('rate-limited', 'too many requests', true)],
  [
    ({ status, headers }) => status === 403 && (headers.has('retry-after') || headers.has('ratelimit-reason')),
    verdict('rate-limited', 'too many requests', true),
  ],
  [
    (s) =>
      s.status === 403 && s.api === 'v1' && /not permitted to use Confluence|cannot access Confluence/i.test(said(s)),
    doubtful('the account may not use Confluence, or the credential is not accepted'),
  ],
  [
    ({ status, headers }) => status === 403 && /DENIED|FAILED/.test(headers.get('x-seraph-loginreason') ?? ''),
    verdict('auth-invalid', 'the credential was refused'),
  ],
  [
    ({ status, body }) => status === 403 && saysIpRefused(body),
    verdict('ip-refused', "an IP allowlist seems to refuse the worker's address"),
  ],
  // Confluence explains a missing permission in JSON; firewalls and some limits answer with anything else.
  [
    ({ status, json }) => status === 403 && json === null,
    { code: 'forbidden', message: 'something in front of Confluence refused it', retryable: true, onceMore: true },
  ],
  [({ status }) => status === 403, verdict('forbidden', 'the account lacks a permission')],
  [({ status }) => status === 407, verdict('site-unreachable', 'a proxy on the way wants to be signed in to')],
  [
    (s) => s.status === 404 && s.api === 'v2' && isBareNotFound(s.json),
    doubtful('nothing is found, as for a credential that is not accepted'),
  ],
  [
    ({ status, html }) => status === 404 && html,
    verdict('login-page', 'it answered with a web page instead of JSON', true),
  ],
  [({ status }) => status === 404, verdict('not-found', 'the object is gone or invisible')],
  [({ status }) => status === 409, verdict('conflict', 'it is not at the version that was expected')],
  [(s) => s.status === 400 && /cursor/i.test(said(s)), verdict('cursor-expired', 'the cursor is not valid any more')],
  [({ status }) => [408, 425, 500, 502, 503, 504].includes(status), verdict('server-error', 'Confluence failed', true)],
  [({ status }) => status >= 500, verdict('server-error', 'Confluence failed')],
  [({ status }) => status >= 400, verdict('request-refused', 'the request was refused')],
  [({ html }) => html, verdict('login-page', 'it answered with a web page instead of JSON')],
  [({ json }) => json === null, verdict('response-invalid', 'the answer is not whole JSON', true)],
  [(s) => isErrorBody(s.json), verdict('response-invalid', 'an error came as a success', true)],
];

/** Names what is wrong with an answer, or `null` where it is a JSON success. Pure; one table for both API versions. */
export function classify(input: ClassifyInput): Verdict | null {
  const html = /\bhtml\b/i.test(input.contentType) || /^\s*<(!doctype|html)\b/i.test(input.body);
  const signs = { ...input, html, json: asRecord(input.json), location: input.headers.get('location') ?? '' };
  return TABLE.find(([when]) => when(signs))?.[1] ?? null;
}

const asRecord = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' ? (value as Record<string, unknown> | null) : null;

/** All the words of an error body, in both envelopes: `{ message }` of v1 and `{ errors: [{ title, detail }] }` of v2. */
function said({ json }: Signs): string {
  const errors = Array.isArray(json?.['errors']) ? (json['errors'] as Record<string, unknown>[]) : [];
  return [json?.['message'], ...errors.flatMap((error) => [error?.['title'], error?.['detail']])].map(String).join(' ');
}

/** The error envelope of either version, whatever the status says. */
function isErrorBody(json: Record<string, unknown> | null): boolean {
  if (json === null) return false;
  const { statusCode, message, errors, ...others } = json;
  if (typeof statusCode === 'number') return statusCode >= 400 && typeof message === 'string';
  return Array.isArray(errors) && errors.length > 0 && Object.keys(others).length === 0;
}

/** A page that is really missing is named in the title; a rejected credential gets this bare one. */
function isBareNotFound(json: Record<string, unknown> | null): boolean {
  const first = Array.isArray(json?.['errors'])
    ? (json['errors'][0] as Record<string, unknown> | undefined)
    : undefined;
  return first?.['code'] === 'NOT_FOUND' && first['title'] === 'Not Found';
}
