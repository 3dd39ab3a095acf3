import type { Reason } from '../domain/outcome.ts';
import type { SetRule } from '../domain/rule.ts';
import { oneBelow } from '../domain/severity.ts';
import { resolveUnnamed } from '../store/close-findings.ts';
import { type FindingInput, reconcile } from '../store/findings.ts';
import { type SetResult, judgedBySet, runSetRule } from '../store/set-rules.ts';
import { type UnjudgedInput, saveUnjudged } from '../store/unjudged.ts';
import { type Night, inRun, read } from './night.ts';

const BATCH = 1000;
const LIMITS: ReadonlySet<string> = new Set(['budget', 'time', 'rate-limited'] satisfies Reason[]);

/** Runs the rules that are one SQL statement over the inventory, and reconciles what they name. */
export async function judgeSets(night: Night): Promise<void> {
  for (const rule of night.rules.values()) {
    if (rule.kind !== 'set') continue;
    const results = await read(night, (tx) => runSetRule(tx, night.run, rule));
    const undecided: string[] = [];
    for (let start = 0; start < results.length; start += BATCH) {
      const found: FindingInput[] = [];
      const unjudged: UnjudgedInput[] = [];
      for (const result of results.slice(start, start + BATCH)) {
        const about = describe(night, rule, result);
        const { status } = result;
        if (status === 'fail' || status === 'warn') found.push({ ...about, status, findingId: night.newId() });
        else unjudged.push({ ...about, status });
      }
      undecided.push(...unjudged.map(({ pageId }) => pageId));
      await inRun(night, async (tx) => {
        await reconcile(tx, night.run, found, []);
        await saveUnjudged(tx, night.run, unjudged);
      });
    }
    // With pages out of sight a pair may still exist unseen, so nothing is resolved from a short list.
    if (!sawAllPages(night)) continue;
    await inRun(night, async (tx) => {
      await resolveUnnamed(tx, night.run, rule.id, judgedBySet(tx, night.run, rule, undecided));
    });
  }
}

/** Limits end the reading of bodies and people; whatever else fell short may have cost pages. */
const sawAllPages = ({ onlySpaces, shortfalls }: Night): boolean =>
  onlySpaces === null && shortfalls.every(({ reason }) => LIMITS.has(reason));

function describe(night: Night, rule: SetRule, result: SetResult): Omit<FindingInput, 'status' | 'findingId'> {
  return {
    ruleId: rule.id,
    severity: result.status === 'warn' ? oneBelow(result.severity) : result.severity,
    confidence: rule.confidence ?? 'full',
    reason: result.reason,
    subject: subjectOf(rule, result),
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

function subjectOf({ about = 'page' }: SetRule, { pageId, spaceId, subjectId }: SetResult): FindingInput['subject'] {
  if (about === 'space') return { type: 'space', id: spaceId };
  return subjectId === null ? { type: 'page', id: pageId } : { type: 'attachment', id: subjectId };
}
