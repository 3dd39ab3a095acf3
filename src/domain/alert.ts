import type { Severity } from './severity.ts';

/** What somebody can ask to be told of. */
export const ALERT_EVENTS = [
  'new',
  'resolved',
  'tenant-failed',
  'tenant-partial',
  'tenant-missed',
  'token-expiring',
  'mute-expiring',
] as const;
export type AlertEvent = (typeof ALERT_EVENTS)[number];

/** What is told where nobody says otherwise: what somebody has to act on. */
export const USUAL_EVENTS: readonly AlertEvent[] = [
  'new',
  'tenant-failed',
  'tenant-missed',
  'token-expiring',
  'mute-expiring',
];

/** The events that are findings of one rule about the tenant itself. */
export const EVENT_OF_RULE: Readonly<Record<string, AlertEvent>> = {
  'tenant-not-audited': 'tenant-missed',
  'token-expiring': 'token-expiring',
};

/** A finding as an alert shows it; every text of it may come from a stranger. */
export interface AlertFinding {
  readonly findingId: string;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly pageTitle: string | null;
  readonly pageUrl: string | null;
  readonly spaceKey: string | null;
  readonly ownerName: string | null;
  readonly reason: string;
}

export interface AlertMute {
  readonly reason: string;
  readonly mutedBy: string;
  readonly expiresAt: string;
  /** Findings that it holds. */
  readonly findings: number;
}

/** How the audits of a tenant went, where that changed. */
export interface AlertRun {
  readonly state: 'failed' | 'partial' | 'recovered';
  readonly reason: string | null;
  readonly detail: string | null;
  readonly at: string;
}

/** A list that is cut: the worst few of it, and how many there are. */
export interface Cut<Item> {
  readonly count: number;
  readonly shown: readonly Item[];
}

/** One message to one receiver: what changed at one tenant since the message before. */
export interface Digest {
  /** The same at each attempt to deliver it, so that a receiver can tell a repetition. */
  readonly id: string;
  readonly tenantId: string;
  readonly site: string;
  /** The account whose findings these are; null where it is not about one owner. */
  readonly ownerAccountId: string | null;
  readonly composedAt: string;
  readonly run: AlertRun | null;
  readonly newFindings: Cut<AlertFinding>;
  readonly resolvedFindings: Cut<AlertFinding>;
  readonly missedNights: readonly AlertFinding[];
  readonly expiringTokens: readonly AlertFinding[];
  readonly expiringMutes: Cut<AlertMute>;
}

/** Whether a digest says nothing, as where all that was found has been mended in the meantime. */
export const saysNothing = ({
  run,
  newFindings,
  resolvedFindings,
  missedNights,
  expiringTokens,
  expiringMutes,
}: Digest): boolean =>
  run === null &&
  newFindings.count + resolvedFindings.count + missedNights.length + expiringTokens.length + expiringMutes.count === 0;

/** The same without a person's name; `spelt` is how reasons spell it. */
export function withoutName(digest: Digest, { name, spelt }: { name: string; spelt: string }): Digest {
  const clear = (finding: AlertFinding): AlertFinding => ({
    ...finding,
    ownerName: finding.ownerName === name ? null : finding.ownerName,
    reason: finding.reason.replaceAll(spelt, 'somebody'),
  });
  const cut = ({ count, shown }: Cut<AlertFinding>) => ({ count, shown: shown.map(clear) });
  return {
    ...digest,
    newFindings: cut(digest.newFindings),
    resolvedFindings: cut(digest.resolvedFindings),
    missedNights: digest.missedNights.map(clear),
    expiringTokens: digest.expiringTokens.map(clear),
  };
}
