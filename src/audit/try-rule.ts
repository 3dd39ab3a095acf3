import type { TenantSettings } from '../../config/settings.ts';
import type { Confluence } from '../confluence/client.ts';
import { paginate } from '../confluence/paginate.ts';
import { FACTS_VERSION, readBody } from '../domain/body-facts.ts';
import type { BodyFacts } from '../domain/facts.ts';
import { type JudgedResult, judgePage } from '../domain/judge.ts';
import { createProbes } from '../domain/probes.ts';
import type { PageRule } from '../domain/rule.ts';
import { knownPages } from '../store/known-pages.ts';
import { type PageMaterial, readPages } from '../store/page-material.ts';
import { readTenants } from '../store/tenants.ts';
import type { AuditDeps } from './claim.ts';

const BATCH = 250;

export interface Tried {
  /** Pages that the rule was asked about. */
  readonly judged: number;
  /** Pages about which it could not say anything. */
  readonly unjudged: number;
  readonly found: readonly { readonly page: PageMaterial; readonly result: JudgedResult }[];
  readonly requests: number;
}

/**
 * What a rule would find on the pages that the last audit of a tenant knows. Nothing is stored, and Confluence is asked for nothing but
 * the bodies that the rule asks about: a rule that is not in force has no answers in the inventory.
 */
export async function tryRule(deps: AuditDeps, settings: TenantSettings, rule: PageRule): Promise<Tried> {
  const { known, cloudId } = await deps.store.withTenant(settings.id, async (tx) => ({
    known: await knownPages(tx, { onlyRunbooks: rule.appliesTo === 'runbooks' }),
    cloudId: (await readTenants(tx))[0]?.cloudId ?? null,
  }));
  const confluence = deps.connect(settings, {
    signal: deps.signal,
    onCall: () => undefined,
    mayAsk: undefined,
    cloudId,
  });
  try {
    const found: Tried['found'][number][] = [];
    let unjudged = 0;
    const context = { now: deps.now(), onCallGroups: [], auditAccountId: null, labelWords: [] };
    const setting = { severity: rule.severity, options: {} };
    for (const contentType of ['page', 'blogpost'] as const) {
      const ids = known.filter((page) => page.contentType === contentType).map(({ id }) => id);
      for (let start = 0; start < ids.length; start += BATCH) {
        const batch = ids.slice(start, start + BATCH);
        const read = await bodies(confluence, rule, contentType, batch);
        const { pages, accounts } = await deps.store.withTenant(settings.id, (tx) =>
          readPages(tx, {
            ids: batch,
            factsVersion: FACTS_VERSION,
            onlyRunbooks: false,
            chainsOf: 'every page',
            run: { runId: '' },
          }),
        );
        for (const page of pages) {
          const view = {
            ...page,
            facts: read === null ? page.facts : (read.get(page.page.id) ?? null),
            accounts,
            freshness: UNKNOWN,
          };
          for (const result of judgePage(rule, view, context, setting)) {
            if (result.status === 'fail' || result.status === 'warn') found.push({ page, result });
            if (result.status === 'skip' || result.status === 'error') unjudged += 1;
          }
        }
        deps.progress(settings.id, 'pages', start + batch.length, ids.length);
      }
    }
    return { judged: known.length, unjudged, found, requests: confluence.requestsSent() };
  } finally {
    await confluence.close();
  }
}

const UNKNOWN = { known: false, why: 'The age of the page was not looked at.' } as const;

/** The facts of today's bodies with the answers to what the rule asks; null where it asks nothing of them. */
async function bodies(
  confluence: Confluence,
  { probes }: PageRule,
  contentType: 'page' | 'blogpost',
  ids: readonly string[],
): Promise<ReadonlyMap<string, BodyFacts> | null> {
  if (probes === undefined || probes.length === 0) return null;
  const asked = createProbes(probes);
  const facts = new Map<string, BodyFacts>();
  const list = paginate((cursor) =>
    confluence.pagesById({ contentType, ids, withBody: true, statuses: ['current'], cursor }),
  );
  for await (const { items } of list)
    for (const { id, body } of items)
      if (body !== undefined) facts.set(id, { ...readBody(body, asked).facts, secrets: [] });
  return facts;
}
