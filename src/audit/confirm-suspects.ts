import { createHash } from 'node:crypto';
import type { PermissionAnswer } from '../confluence/permissions.ts';
import { asAuditError } from '../domain/errors.ts';
import type { JudgedResult } from '../domain/judge.ts';
import type { PageMaterial } from '../store/page-material.ts';
import { type PermissionQuestion, rememberedAnswer, rememberAnswer } from '../store/permission-checks.ts';
import { type Night, inRun, read } from './night.ts';
import type { Verdict } from './judge.ts';

/**
 * Asks Confluence about the verdicts that ask to be confirmed. `allowed` turns the verdict into ok, `denied` makes it certain; where
 * the account may not ask for others, the verdict stays with its partial confidence, and nothing more is asked of this batch. Answers
 * are remembered by the restrictions.
 */
export async function confirmSuspects(night: Night, verdicts: readonly Verdict[]): Promise<readonly Verdict[]> {
  let mayAsk = true;
  const confirm = async ({ page, restrictions }: PageMaterial, result: JudgedResult): Promise<JudgedResult> => {
    if (!result.confirm) return result;
    const question = { pageId: page.id, ...result.confirm, restrictionHash: hashOf(restrictions) };
    const remembered = await read(night, (tx) => rememberedAnswer(tx, question));
    const answer = remembered ?? (mayAsk ? await askConfluence(night, question) : 'not-permitted-to-ask');
    if (answer === 'not-permitted-to-ask') mayAsk = false;
    return withAnswer(result, answer);
  };
  const settled: Verdict[] = [];
  for (const verdict of verdicts) {
    const results: JudgedResult[] = [];
    for (const result of verdict.results) results.push(await confirm(verdict.material, result));
    settled.push({ ...verdict, results });
  }
  return settled;
}

function withAnswer(result: JudgedResult, answer: PermissionAnswer): JudgedResult {
  const evidence = { ...result.evidence, how_known: 'permission-check' };
  switch (answer) {
    case 'allowed':
      return { ...result, status: 'ok', reason: 'The permission check says that access is granted.' };
    case 'denied':
      return { ...result, status: 'fail', confidence: 'full', evidence };
    case 'not-permitted-to-ask':
      return result;
  }
}

async function askConfluence(night: Night, question: PermissionQuestion): Promise<PermissionAnswer> {
  try {
    const answer = await night.confluence.checkPermission(question.pageId, question.subject, question.operation);
    if (answer !== 'not-permitted-to-ask') await inRun(night, (tx) => rememberAnswer(tx, question, answer));
    return answer;
  } catch (error) {
    const known = asAuditError(error);
    if (known === null || known.code === 'lease-lost' || known.code === 'interrupted') throw error;
    // The verdict stands without the confirmation, and says so by its confidence.
    night.log.info('A suspect could not be confirmed; its finding keeps its partial confidence', { code: known.code });
    return 'not-permitted-to-ask';
  }
}

/** Changes whenever a list on the way to the root does. */
const hashOf = (restrictions: PageMaterial['restrictions']): string =>
  createHash('sha256').update(JSON.stringify(restrictions.chain)).digest('hex').slice(0, 16);
