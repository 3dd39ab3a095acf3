import type { FindingChange } from '../store/finding-changes.ts';
import { COMPLIANCE_CLASS, known, ocsfEvent } from './ocsf-event.ts';

// https://schema.ocsf.io/1.6.0/classes/compliance_finding
const CREATE = 1;
const UPDATE = 2;
const CLOSE = 3;
const NEW = 1;
const SUPPRESSED = 3;
const RESOLVED = 4;
const ARCHIVED = 5;
const SEVERITY = { info: 1, low: 2, medium: 3, high: 4, critical: 5 } as const;
const PASS = 1;
const FAIL = 3;
const OTHER = 99;
const RULE = 1;

/** One event in the life of a finding as an event of the class Compliance Finding; a muted one is Suppressed. */
export const ocsfFinding = (change: FindingChange): Record<string, unknown> => ({
  ...ocsfEvent(COMPLIANCE_CLASS, change, {
    activity: activityOf(change),
    severity: SEVERITY[change.severity],
    log: 'findings',
    code: change.event,
  }),
  message: change.reason,
  ...statusOf(change),
  confidence_id: change.confidence === 'full' ? 3 : 2,
  compliance: { control: change.ruleId, standards: ['confluence-audit-worker rules'], ...verdictOf(change) },
  finding_info: known({
    uid: change.findingId,
    title: change.pageTitle === null ? change.ruleId : `${change.ruleId}: ${change.pageTitle}`,
    desc: change.reason,
    analytic: { name: change.ruleId, uid: change.ruleId, type_id: RULE },
    first_seen_time: Date.parse(change.firstSeenAt),
    last_seen_time: Date.parse(change.lastSeenAt),
    src_url: change.pageUrl,
  }),
  remediation: { desc: change.remediation },
  resources: [
    ...(change.pageId === null ? [] : [pageOf(change)]),
    ...(change.subjectType === 'page' ? [] : [{ uid: change.subjectId, type: change.subjectType }]),
  ],
  unmapped: known({
    event: change.event,
    note: change.note,
    run_id: change.runId,
    reopened_count: change.reopenedCount,
  }),
});

const pageOf = (change: FindingChange): object =>
  known({
    uid: change.pageId,
    name: change.pageTitle,
    type: change.contentType,
    namespace: change.spaceKey,
    owner: change.ownerAccountId === null ? null : { uid: change.ownerAccountId },
  });

const closes = ({ event }: FindingChange): boolean => event === 'resolved' || event === 'out_of_scope';

function activityOf(change: FindingChange): number {
  if (closes(change)) return CLOSE;
  return change.event === 'opened' ? CREATE : UPDATE;
}

function statusOf(change: FindingChange): object {
  if (change.event === 'resolved') return { status_id: RESOLVED, status: 'Resolved' };
  if (change.event === 'out_of_scope') return { status_id: ARCHIVED, status: 'Archived' };
  return change.muted ? { status_id: SUPPRESSED, status: 'Suppressed' } : { status_id: NEW, status: 'New' };
}

/** The schema's Warning is for what could not be judged; ours, for what will soon fail. */
function verdictOf(change: FindingChange): object {
  if (change.event === 'resolved') return { status_id: PASS, status: 'Pass' };
  return change.status === 'fail' ? { status_id: FAIL, status: 'Fail' } : { status_id: OTHER, status: 'warn' };
}
