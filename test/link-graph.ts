import { FACTS_VERSION, readBody } from '../src/domain/body-facts.ts';
import type { Attachment, Page, SpaceReaders } from '../src/domain/inventory.ts';
import type { SetRule } from '../src/domain/rule.ts';
import { upsertAttachments } from '../src/store/attachments.ts';
import type { Store } from '../src/store/db.ts';
import { saveFacts } from '../src/store/facts.ts';
import { upsertFolders } from '../src/store/folders.ts';
import { markGone, upsertPages } from '../src/store/pages.ts';
import { type SetResult, runSetRule } from '../src/store/set-rules.ts';
import { saveSpaceReaders } from '../src/store/space-readers.ts';
import { markWalked, setSpaceStates, type SpaceState, upsertSpaces } from '../src/store/spaces.ts';
import { saveProfiles } from '../src/store/verdicts.ts';
import { exampleAttachment, examplePage, exampleSpace, listedRun } from './store/examples.ts';

export interface GraphPage extends Partial<Omit<Page, 'body'>> {
  readonly id: string;
  /** What its body is; null where it was not read. */
  readonly body?: string | null;
  readonly gone?: 'archived' | 'trashed' | 'deleted-or-hidden';
  /** False for a page that is there and that the rule does not judge. */
  readonly judged?: boolean;
}
interface Graph {
  /** Spaces beside S1 (OPS), walked unless they say otherwise; `lately` is an earlier run. */
  readonly spaces?: readonly {
    readonly id: string;
    readonly key: string;
    readonly state?: SpaceState['state'] | 'lately';
    readonly homepageId?: string;
    readonly readers?: SpaceReaders;
    /** The run that read them; this one by default. */
    readonly readIn?: string;
    /** When all of it was listed, by the run `full-listing`; by this run where it is not said. */
    readonly listedAt?: string;
  }[];
  readonly homepageId?: string;
  readonly pages: readonly GraphPage[];
  readonly folders?: readonly { readonly id: string; readonly parentId: string | null }[];
  readonly files?: readonly (Partial<Attachment> & { readonly id: string })[];
  readonly options?: object;
}

/** Puts a small site into the inventory of a tenant that nobody else uses, and tells what a set rule says of it. */
export async function judgeGraph(store: Store, tenant: string, rule: SetRule, graph: Graph): Promise<SetResult[]> {
  const judged = graph.pages.filter((page) => page.gone === undefined && page.judged !== false);
  const run = await listedRun(
    store,
    tenant,
    judged.map(({ id }) => id),
  );
  const spaces = [{ id: 'S1', key: 'OPS', homepageId: graph.homepageId }, ...(graph.spaces ?? [])];
  return store.withTenant(tenant, async (tx) => {
    await upsertSpaces(
      tx,
      spaces.map(({ id, key, homepageId }) => exampleSpace({ id, key, homepageId: homepageId ?? null })),
    );
    for (const { id, state = 'walked', readers, readIn, listedAt } of spaces as NonNullable<Graph['spaces']>) {
      const runId = state === 'lately' ? 'run-0' : run.runId;
      await setSpaceStates(tx, { runId, states: [stateOf(id, state === 'lately' ? 'walked' : state)] });
      const by = listedAt === undefined ? { ...run, runId } : { ...run, runId: 'full-listing', startedAt: listedAt };
      await markWalked(tx, by, { spaceIds: [id], from: run.startedAt, full: true });
      if (readers !== undefined)
        await saveSpaceReaders(tx, { runId: readIn ?? runId, spaceId: id, ...readers, rows: 3 });
    }
    const pages = graph.pages.map(({ body: _body, gone: _gone, judged: _judged, ...page }) => examplePage(page));
    await upsertPages(tx, { runId: run.runId, pages });
    await upsertFolders(
      tx,
      run,
      (graph.folders ?? []).map((folder) => ({ ...folder, title: folder.id, parentType: 'folder', spaceId: 'S1' })),
    );
    for (const { id, gone } of graph.pages)
      if (gone !== undefined) await markGone(tx, { runId: run.runId, pageIds: [id], because: gone });
    const rows = graph.pages.flatMap(({ id, body = '' }) =>
      body === null ? [] : [{ pageId: id, versionNumber: 3, facts: { ...readBody(body).facts, secrets: [] } }],
    );
    await saveFacts(tx, { factsVersion: FACTS_VERSION, rows });
    await upsertAttachments(tx, (graph.files ?? []).map(exampleAttachment));
    await saveProfiles(tx, {
      profiles: [{ profileId: 'p', rules: { [rule.id]: { severity: rule.severity, options: graph.options ?? {} } } }],
      pages: judged.map(({ id }) => ({ pageId: id, isRunbook: false, exempt: false, profileId: 'p' })),
    });
    return runSetRule(tx, run, rule);
  });
}

const stateOf = (spaceId: string, state: SpaceState['state']): SpaceState => ({
  spaceId,
  state,
  excludedBecause: null,
  pagesSeen: 1,
  degraded: 0,
  missing: 0,
  howKnown: null,
});

/** Storage format of links and macros. */
export const linkTo = (title: string, { space = '', anchor = '' } = {}): string =>
  `<ac:link${anchor && ` ac:anchor="${anchor}"`}><ri:page ri:content-title="${title}"${space && ` ri:space-key="${space}"`}/></ac:link>`;
export const jumpTo = (anchor: string): string => `<ac:link ac:anchor="${anchor}"/>`;
export const macro = (name: string, inside = ''): string =>
  `<ac:structured-macro ac:name="${name}">${inside}</ac:structured-macro>`;
export const include = (title: string, space = ''): string =>
  macro('include', `<ac:parameter ac:name="">${linkTo(title, { space })}</ac:parameter>`);
export const address = (url: string): string => `<a href="${url}">there</a>`;
