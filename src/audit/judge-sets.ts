import type { Reason } from '../domain/outcome.ts';
import { addCounts, oneBelow } from '../domain/severity.ts';
import { resolveUnnamed } from '../store/close-findings.ts';
import { type FindingInput, reconcile } from '../store/findings.ts';
import { type SetResult, judgedBySet, runSetRule } from '../store/set-rules.ts';
import { type Night, inRun, read } from './night.ts';

const BATCH = 1000;
const LIMITS: ReadonlySet<string> = new Set(['budget', 'time', 'rate-limited'] satisfies Reason[]);

/** Runs the rules that are one SQL statement over the inventory, and reconciles what they name. */
export async function judgeSets(night: Night): Promise<void> {
  for (const rule of night.rules.values()) {
    if (rule.kind !== 'set') continue;
    const results = await read(night, (tx) => runSetRule(tx, night.run, rule));
    for (let start = 0; start < results.length; start += BATCH) {
      const found = results.slice(start, start + BATCH).map((result) => toFinding(night, rule, result));
      await inRun(night, async (tx) => {
        const counts = await reconcile(tx, night.run, found, []);
        addCounts(night.counts.findingsNew, counts.opened);
      });
    }
    // With pages out of sight a pair may still exist unseen, so nothing is resolved from a short list.
    if (!sawAllPages(night)) continue;
    await inRun(night, async (tx) => {
      night.counts.findingsResolved += await resolveUnnamed(tx, night.run, rule.id, judgedBySet(tx, night.run, rule));
    });
  }
}

/** Limits end the reading of bodies and people; whatever else fell short may have cost pages. */
const sawAllPages = ({ onlySpaces, shortfalls }: Night): boolean =>
  onlySpaces === null && shortfalls.every(({ reason }) => LIMITS.has(reason));

function toFinding(
  night: Night,
  rule: { readonly id: string; readonly remediation: string },
  result: SetResult,
): FindingInput {
  return {
    findingId: night.newId(),
    ruleId: rule.id,
    status: result.status,
    severity: result.status === 'warn' ? oneBelow(result.severity) : result.severity,
    confidence: 'full',
    reason: result.reason,
    subject: { type: 'page', id: result.pageId },
    confirm: null,
    evidence: result.evidence ?? {},
    remediation: rule.remediation,
    pageId: result.pageId,
    spaceId: result.spaceId,
    spaceKey: result.spaceKey,
    contentType: result.contentType,
    pageTitle: result.title,
    pageUrl: result.webui === null ? null : `${night.settings.site}/wiki${result.webui}`,
    ownerAccountId: result.ownerId,
  };
}
