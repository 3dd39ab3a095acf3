import { SEVERITIES } from '../../src/domain/severity.ts';
import type { Listed, ReportContent } from '../../src/store/report-content.ts';
import { listedFinding, reportContent, spaceLine, tenantLine } from './report-content.ts';

const RULES = [
  [
    'unreadable-runbook',
    'critical',
    'Add the group to the viewers of the page that the finding names, or remove the restriction there.',
  ],
  ['stale-runbook', 'high', 'Walk through the runbook, correct it, and save it or add the label reviewed-YYYY-MM-DD.'],
  ['missing-attachment', 'high', 'Upload the file to the page again, or remove the reference from the body.'],
  ['broken-page-link', 'medium', 'Correct the link, or take it out.'],
  ['unresolved-comments', 'medium', 'Correct the passages that the comments point at, and resolve the comments.'],
  ['duplicate-title', 'low', 'Merge the pages, or name in each title what sets it apart.'],
] as const;
const SPACES = ['OPS', 'SRE', 'DOCS', 'ENG', 'PAY'];
const DAY = 86_400_000;
const END = Date.parse('2026-03-10T02:41:07Z');
const dayBefore = (days: number): string => new Date(END - days * DAY).toISOString();

/** A fleet of four, of which one is whole, with so many findings and sixty days of history; the same at every call. */
export function largeContent(findings: number): ReportContent {
  const ids = ['acme', 'globex', 'initech', 'umbrella'];
  const weight = [0.02, 0.4, 0.55, 0.75, 0.9];
  const made = Array.from({ length: findings }, (_, index): Listed => {
    const turn = ((index * 7919) % findings) / findings;
    const [rule, severity, remediation] = RULES[weight.findIndex((edge) => turn < edge)] ?? RULES[5];
    const person = index % 2 === 0 ? 1 : (index * 31) % 23;
    return listedFinding({
      id: `f-${index}`,
      tenantId: ids[index % 3] ?? 'acme',
      rule,
      severity,
      remediation,
      space: SPACES[(index * 3) % SPACES.length] ?? 'OPS',
      title: `Runbook ${index}: restart service ${index % 97} after a failed deployment`,
      url: `https://acme.atlassian.net/wiki/spaces/OPS/pages/${index}`,
      ownerId: person === 0 ? null : `account-${person}`,
      owner: person === 0 ? null : `Person ${person} of the rota`,
      since: dayBefore(index % 400),
    });
  }).toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const trend = [null, ...ids].flatMap((tenantId, nth) =>
    Array.from({ length: 60 }, (_, back) => 59 - back).flatMap((back) =>
      SEVERITIES.slice(0, 4).map((severity, place) => ({
        tenantId,
        day: dayBefore(back).slice(0, 10),
        severity,
        open: Math.round((5 + place * 6) * (nth === 0 ? 3 : 1) * (1 + 0.3 * Math.sin(back / 9 + place + nth))),
      })),
    ),
  );
  return reportContent({
    tenants: [
      tenantLine({ id: 'acme', fresh: 7 }),
      tenantLine({
        id: 'globex',
        outcome: 'partial',
        reason: 'budget',
        coverage: 81,
        unjudged: 12,
        lastSuccessAt: dayBefore(3),
        share: 0.61,
        shareThen: 0.74,
      }),
      tenantLine({
        id: 'initech',
        outcome: 'failed',
        reason: 'auth-expired',
        coverage: 97,
        missedRuns: 2,
        lastSuccessAt: dayBefore(6),
        muted: 4,
        tokenExpiresAt: dayBefore(1),
      }),
      tenantLine({
        id: 'umbrella',
        outcome: null,
        asOf: null,
        lastSuccessAt: null,
        coverage: null,
        share: null,
        shareThen: null,
        runbooks: 0,
        healthy: 0,
      }),
    ],
    findings: made,
    spaces: ids.slice(0, 3).flatMap((tenantId, nth) =>
      SPACES.map((key, place) =>
        spaceLine({
          tenantId,
          key,
          share: place === 4 ? null : 0.5 + place / 10,
          ...(nth === 1 && place === 3
            ? { state: 'refused', pagesSeen: 0, howKnown: 'listed by an earlier audit' }
            : {}),
          ...(nth === 1 && place === 1 ? { state: 'partial', missing: 12, degraded: 3 } : {}),
          ...(place === 2 ? { state: 'excluded', excludedBecause: 'spaces.exclude' } : {}),
        }),
      ),
    ),
    trend,
    ages: ids
      .slice(0, 3)
      .flatMap((tenantId) => [14, 11, 6, 5, 3, 1].map((runbooks, bucket) => ({ tenantId, bucket, runbooks }))),
    unjudged: [
      {
        tenantId: 'globex',
        rule: 'stale-runbook',
        status: 'skip',
        reason: 'The body could not be read.',
        subjects: 12,
        title: 'Restore the ledger',
        url: 'https://globex.atlassian.net/wiki/1',
      },
    ],
    muted: [
      { tenantId: 'initech', reason: 'Vendor PDFs.', by: 'jdoe', until: '2026-06-30T23:59:59+00:00', findings: 4 },
    ],
    runs: ids.slice(0, 3).flatMap((tenantId, nth) =>
      Array.from({ length: 14 }, (_, back) => 13 - back).map((back) => ({
        tenantId,
        startedAt: dayBefore(back),
        outcome: back < 4 && nth > 0 ? (nth === 1 ? 'partial' : 'failed') : back === 8 ? 'skipped' : 'complete',
        reason: back < 4 && nth > 0 ? 'budget' : null,
      })),
    ),
  });
}
