import { composeHouse } from '../../src/app.ts';
import type { AuditResult } from '../../src/domain/audit-result.ts';
import type { WriteResult } from '../../src/domain/write-result.ts';
import connectionLost from '../../src/simulator/faults/connection-lost.ts';
import type { Store } from '../../src/store/db.ts';
import { shelf } from '../audit/shelf.ts';
import { lines, type NightShift } from '../night-shift.ts';

const STALE = 'docaudit-stale';
const ADD = 'POST /wiki/rest/api/content/{id}/label';
const REMOVE = 'DELETE /wiki/rest/api/content/{id}/label';

export type Wiki = Awaited<ReturnType<typeof openWiki>>;

/** A small site with its tenant, and everything that people and the program may do to it. */
export async function openWiki(shift: NightShift) {
  shift.given.main = { extends: [] };
  shift.given.environment['SITE_TOKEN'] = shift.token;
  const { world, ann, stale, edit } = shelf(shift.clock, { runbooks: 3 });
  const tenant = await shift.tenant(world, {
    rules: { 'stale-runbook': { failDays: 180, warnDays: 170 } },
    limits: { writesPerRun: 50 },
  });
  const page = (index: number): string => stale[index % stale.length] ?? '';
  const label = (index: number) => world.contents.get(page(index))?.labels.get(`global:${STALE}`) ?? null;
  const asked = (template: string): number =>
    tenant.site.requests.filter((request) => request.template === template).length;

  const house = async (store: Store) => {
    const { ground, settings } = await shift.prepare([tenant]);
    const [one] = settings.config.tenants;
    if (one === undefined) throw new Error('No tenant is configured.');
    return { house: await composeHouse(ground, settings, store), settings: one };
  };
  const ordinary = () => shift.database().store;

  return {
    pages: stale.length,
    token: shift.token,
    restricted: () => stale.filter((id) => (world.contents.get(id)?.update.users.length ?? 0) > 0).length,
    /** The pages that are too old, as their own versions tell it. */
    stale: (): number[] => {
      const oldest = shift.clock.ago(180).getTime();
      return stale.flatMap((id, index) => {
        const found = world.contents.get(id);
        return found?.status === 'current' && Date.parse(found.versions.at(-1)?.createdAt ?? '') < oldest ? index : [];
      });
    },
    /** What the ledger says of a page, as lines of action, state and who ended it. */
    async ledger(index: number): Promise<string[]> {
      const rows = await tenant.view('executed_actions');
      return lines(
        rows.filter((row) => row['page_id'] === page(index)),
        'action state undone_by',
      );
    },
    close: () => tenant.site.close(),
    clock: shift.clock,
    isCurrent: (index: number) => world.contents.get(page(index))?.status === 'current',
    /** Who put the label there; null where it is not. */
    labelledBy: (index: number): 'us' | 'people' | null => {
      const found = label(index);
      return found === null ? null : found.by === tenant.auditor ? 'us' : 'people';
    },
    additions: () => asked(ADD),
    writes: () => asked(ADD) + asked(REMOVE),
    edit: (index: number) => edit(page(index)),
    labelByHand: (index: number) => world.addLabel(page(index), STALE, ann),
    unlabelByHand: (index: number) => world.removeLabel(page(index), STALE),
    restrict: (index: number, on: boolean) => world.setUpdateRestriction(page(index), on ? { users: [ann] } : {}),
    trash: (index: number) => world.trashPage(page(index)),
    restore: (index: number) => world.restorePage(page(index)),
    /** A new token for the same account: what was written under the old one stays ours. */
    changeToken(token: string) {
      world.addCredential({ email: 'auditor@example.com', token, accountId: tenant.auditor });
      shift.given.environment['SITE_TOKEN'] = token;
    },
    loseAnswer: (when: 'before-work' | 'after-work') => tenant.site.faults.strike(connectionLost, { at: ADD, when }),
    calm: () => tenant.site.faults.clear(),
    audit: (mode: 'plan' | 'apply'): Promise<AuditResult> => tenant.night({ mode }),
    async apply(): Promise<WriteResult | undefined> {
      const opened = await house(ordinary());
      const order = { settings: opened.settings, planId: null, approvedBy: 'jdoe', overrideBreaker: null };
      return (await opened.house.apply([order]))[0];
    },
    async undo(runId: string): Promise<WriteResult> {
      const opened = await house(ordinary());
      return opened.house.undo({ settings: opened.settings, runId, by: 'jdoe' });
    },
    /** An audit whose worker dies after so many transactions: nothing of it reaches the database any more. */
    async crash(after: number): Promise<void> {
      await tenant.night({ mode: 'apply', store: dyingAfter(ordinary(), after) }).catch((error: unknown) => {
        if (!(error instanceof Error && error.message === DEAD)) throw error;
      });
      shift.clock.pass({ seconds: 60 });
    },
  };
}

const DEAD = 'The worker is dead.';

function dyingAfter(store: Store, transactions: number): Store {
  let left = transactions;
  return {
    ...store,
    async withTenant(tenantId, work) {
      left -= 1;
      if (left < 0) throw new Error(DEAD);
      return store.withTenant(tenantId, work);
    },
  };
}
