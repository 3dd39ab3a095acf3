import { createHash } from 'node:crypto';
import type { PermissionAnswer } from '../confluence/permissions.ts';
import { asAuditError } from '../domain/errors.ts';
import type { JudgedResult } from '../domain/judge.ts';
import type { PageMaterial } from '../store/page-batches.ts';
import { type PermissionQuestion, rememberedAnswer, rememberAnswer } from '../store/permission-checks.ts';
import { type Night, inRun, read } from './night.ts';
import type { Verdict } from './judge.ts';

/**
 * Asks Confluence about the verdicts that ask to be confirmed. `allowed` turns the verdict into ok, `denied` makes it certain; where
 * the account may not ask for others, the verdict stays with its partial confidence. Answers are remembered by the restrictions.
 */
export async function confirmSuspects(night: Night, verdicts: readonly Verdict[]): Promise<readonly Verdict[]> {
  const settled: Verdict[] = [];
  for (const verdict of verdicts) {
    const results: JudgedResult[] = [];
    for (const result of verdict.results)
      results.push(result.confirm ? await confirm(night, verdict.material, result, result.confirm) : result);
    settled.push({ ...verdict, results });
  }
  return settled;
}

async function confirm(
  night: Night,
  material: PageMaterial,
  result: JudgedResult,
  ask: NonNullable<JudgedResult['confirm']>,
): Promise<JudgedResult> {
  const question = { pageId: material.page.id, ...ask, restrictionHash: hashOf(material) };
  const answer =
    (await read(night, (tx) => rememberedAnswer(tx, night.run, question))) ?? (await askConfluence(night, question));
  if (answer === 'allowed')
    return { ...result, status: 'ok', reason: 'The permission check says that access is granted.' };
  if (answer === 'denied')
    return {
      ...result,
      status: 'fail',
      confidence: 'full',
      evidence: { ...result.evidence, how_known: 'permission-check' },
    };
  return result;
}

async function askConfluence(night: Night, question: PermissionQuestion): Promise<PermissionAnswer> {
  try {
    const answer = await night.confluence.checkPermission(question.pageId, question.subject, question.operation);
    if (answer !== 'not-permitted-to-ask') await inRun(night, (tx) => rememberAnswer(tx, night.run, question, answer));
    return answer;
  } catch (error) {
    const known = asAuditError(error);
    if (known === null || known.code === 'lease-lost') throw error;
    // The verdict stands without the confirmation, and says so by its confidence.
    night.log.info('A suspect could not be confirmed; its finding keeps its partial confidence', { code: known.code });
    return 'not-permitted-to-ask';
  }
}

/** Changes whenever a list on the way to the root does. */
const hashOf = ({ restrictions }: PageMaterial): string =>
  createHash('sha256').update(JSON.stringify(restrictions.chain)).digest('hex').slice(0, 16);
