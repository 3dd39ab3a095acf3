import { ENDPOINTS } from '../confluence/endpoints.ts';
import type { Action } from '../domain/act.ts';
import type { TrailAct, TrailCall, TrailRow } from '../store/trail.ts';
import { API_ACTIVITY, API_CLASS, known, ocsfEvent } from './ocsf-event.ts';

const { create, read, update, delete: remove, other } = API_ACTIVITY;
const APP = 'confluence-audit-worker';
const INFORMATIONAL = 1;
const SUCCESS = 1;
const FAILURE = 2;

/** A row of the audit trail as an event of the class API Activity. */
export const ocsfTrail = (row: TrailRow): Record<string, unknown> => (row.kind === 'act' ? act(row) : call(row));

function call(row: TrailCall): Record<string, unknown> {
  const operation = `${row.method} ${row.endpoint}`;
  const succeeded = row.status !== null && row.status < 400;
  return {
    ...ocsfEvent(API_CLASS, row, {
      activity: activityOf(row),
      severity: INFORMATIONAL,
      log: 'audit-trail',
      code: row.kind,
    }),
    message: `${operation}: ${row.status ?? 'no answer'}`,
    status_id: succeeded ? SUCCESS : FAILURE,
    ...(row.status === null ? {} : { status_code: String(row.status) }),
    duration: row.durationMs,
    actor: { app_name: APP, ...(row.actor === null ? {} : { user: { uid: row.actor } }) },
    api: known({
      operation,
      service: { name: 'Confluence Cloud REST API' },
      request: row.requestId === null ? null : { uid: row.requestId },
      response: row.status === null ? null : { code: row.status },
    }),
    src_endpoint: { name: APP },
    ...(row.site === null ? {} : { dst_endpoint: { hostname: new URL(row.site).hostname } }),
    unmapped: { run_id: row.runId, attempts: row.attempts, throttled: row.throttled, waited_ms: row.waitedMs },
  };
}

/** Some lists are asked for by POST, so the method does not tell. */
function activityOf({ method, endpoint }: TrailCall): number {
  const called = Object.values(ENDPOINTS).find((one) => one.method === method && one.template === endpoint);
  if (method === 'GET' || (called !== undefined && called.class !== 'write')) return read;
  return { POST: create, PUT: update, DELETE: remove }[method] ?? other;
}

function act(row: TrailAct): Record<string, unknown> {
  const { actor, action, subject } = row;
  const activity = Object.hasOwn(ACTIVITY, action) ? ACTIVITY[action as Action] : other;
  return {
    ...ocsfEvent(API_CLASS, row, { activity, severity: INFORMATIONAL, log: 'audit-trail', code: row.kind }),
    ...(activity === other ? { activity_name: action } : {}),
    message: row.reason ?? action,
    status_id: SUCCESS,
    actor: { user: { name: actor } },
    api: { operation: action, service: { name: APP } },
    src_endpoint: { name: actor.slice(actor.lastIndexOf('@') + 1) },
    resources: [
      { uid: row.tenantId, type: 'tenant' },
      ...(subject === null ? [] : [{ uid: subject, type: 'subject' }]),
    ],
    unmapped: row.detail,
  };
}

const ACTIVITY: Readonly<Record<Action, number>> = {
  'tenant-add': create,
  'tenant-import': create,
  'tenant-set': update,
  'tenant-verify': read,
  'tenant-authorize': update,
  'tenant-rotate': update,
  'tenant-disable': update,
  'tenant-enable': update,
  'tenant-remove': remove,
  'reader-grant': create,
  'keys-rotate': update,
  'finding-mute': create,
  'finding-unmute': remove,
  'findings-baseline': create,
  'coverage-accept': create,
  apply: update,
  undo: update,
  migrate: update,
  prune: remove,
  privacy: remove,
  'trail-read': read,
};
