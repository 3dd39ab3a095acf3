import { createHmac } from 'node:crypto';
import type { Digest } from '../domain/alert.ts';
import { idOf, type Message } from './message.ts';

/** A message as JSON; keys are those of the reports. */
export function webhookBody(message: Message): string {
  if (message.kind === 'test')
    return JSON.stringify({ type: 'docaudit.test', timestamp: message.at, data: { id: message.id } });
  const { digest } = message;
  return JSON.stringify({ type: 'docaudit.digest', timestamp: digest.composedAt, data: dataOf(digest) });
}

function dataOf({ id, tenantId, site, ownerAccountId, run, ...lists }: Digest): object {
  return {
    id,
    tenant_id: tenantId,
    site,
    owner_account_id: ownerAccountId,
    run: run === null ? null : { state: run.state, reason: run.reason, detail: run.detail, finished_at: run.at },
    new_findings: { count: lists.newFindings.count, shown: lists.newFindings.shown.map(findingOf) },
    resolved_findings: { count: lists.resolvedFindings.count, shown: lists.resolvedFindings.shown.map(findingOf) },
    missed_nights: lists.missedNights.map(findingOf),
    expiring_tokens: lists.expiringTokens.map(findingOf),
    expiring_mutes: {
      count: lists.expiringMutes.count,
      shown: lists.expiringMutes.shown.map(({ reason, mutedBy, expiresAt, findings }) => ({
        reason,
        muted_by: mutedBy,
        expires_at: expiresAt,
        findings,
      })),
    },
  };
}

const findingOf = (finding: Digest['missedNights'][number]): object => ({
  finding_id: finding.findingId,
  rule_id: finding.ruleId,
  severity: finding.severity,
  space_key: finding.spaceKey,
  page_title: finding.pageTitle,
  page_url: finding.pageUrl,
  owner_name: finding.ownerName,
  reason: finding.reason,
});

/**
 * The headers by which a receiver knows whom a body is from and that it is neither old nor a repetition.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function webhookHeaders(
  message: Message,
  body: string,
  { key, now }: { readonly key: Uint8Array; readonly now: Date },
) {
  const id = idOf(message);
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

const FEWEST_BYTES = 24;

/** The key behind a secret, with or without `whsec_` before it; null where that is no base64 or too short to be one. */
export function signingKey(secret: string): Uint8Array | null {
  const text = secret.trim().replace(/^whsec_/, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const key = Buffer.from(text, 'base64');
  return key.length < FEWEST_BYTES ? null : key;
}
