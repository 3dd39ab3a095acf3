import type { AlertFinding, Digest } from '../../src/domain/alert.ts';

/** What titles, names and reasons of strangers may hold. */
export const HOSTILE = [
  '<!channel> <!here> <!everyone>',
  '<@U012AB3CD> @channel <#C024BE7LR>',
  '<https://evil.example|Reset your password>',
  'a|b> <script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '&lt;!channel&gt;',
  'line\r\nBcc: victim@example.com\r\n\r\n<b>',
  '\u202egnp.exe \u001b[31mred\u0000',
  'x'.repeat(2_000),
];

export const finding = (text: string, more: Partial<AlertFinding> = {}): AlertFinding => ({
  findingId: 'f1',
  ruleId: 'stale-runbook',
  severity: 'high',
  pageTitle: text,
  pageUrl: 'https://acme.atlassian.net/wiki/spaces/OPS/pages/1',
  spaceKey: 'OPS',
  ownerName: text,
  reason: text,
  ...more,
});

/** A digest that says nothing but what is given. */
export const digest = (more: Partial<Digest>): Digest => ({
  id: '019af0a0-0000-7000-8000-000000000001',
  tenantId: 'acme',
  site: 'https://acme.atlassian.net',
  ownerAccountId: null,
  composedAt: '2026-11-02T02:10:00Z',
  run: null,
  newFindings: { count: 0, shown: [] },
  resolvedFindings: { count: 0, shown: [] },
  missedNights: [],
  expiringTokens: [],
  expiringMutes: { count: 0, shown: [] },
  ...more,
});

/** Every place of a digest that takes such a text holds it. */
export const hostileDigest = (text: string): Digest =>
  digest({
    run: { state: 'failed', reason: 'unreachable', detail: text, at: '2026-11-02T02:10:00Z' },
    newFindings: { count: 1, shown: [finding(text)] },
    resolvedFindings: { count: 1, shown: [finding(text, { pageUrl: `javascript:alert('${text}')` })] },
    missedNights: [finding(text, { pageTitle: null, pageUrl: null })],
    expiringTokens: [finding(text, { pageUrl: `https://acme.example/?q=${text}` })],
    expiringMutes: {
      count: 1,
      shown: [{ reason: text, mutedBy: text, expiresAt: '2026-11-09T00:00:00Z', findings: 2 }],
    },
  });
