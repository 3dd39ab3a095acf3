import type { PageView } from './rule.ts';

export interface People {
  /** Everybody who is known to have written the page, apps and the ignored left out. */
  readonly ids: readonly string[];
  /** False where older versions may have been written by more. */
  readonly complete: boolean;
}

/** Who wrote a page, from what its row says and, where they were read, from its versions. Accounts that are not known are taken for people. */
export function peopleBehind(
  {
    page,
    humanEditorId,
    contributors,
    accounts,
  }: Pick<PageView, 'page' | 'humanEditorId' | 'contributors' | 'accounts'>,
  ignore: readonly string[],
): People {
  const named = [page.authorId, page.version.authorId, humanEditorId, ...(contributors ?? [])];
  const ids = [...new Set(named)].filter(
    (id) => id !== null && !ignore.includes(id) && accounts.get(id)?.type !== 'app',
  ) as string[];
  return { ids, complete: contributors !== null || page.version.number === 1 };
}
