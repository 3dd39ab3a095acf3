import { expect, it } from 'vitest';
import meanwhile from '../../src/simulator/faults/meanwhile.ts';
import { shelf } from '../audit/shelf.ts';
import { nightShiftOnServer, lines, writesAmong } from '../night-shift.ts';

const ADD = 'POST /wiki/rest/api/content/{id}/label';
/** Asked three times: the list, the bodies, and the last look before a label is sent. */
const PAGES = 'GET /wiki/api/v2/pages';

type Shelf = ReturnType<typeof shelf>;
type Change = (given: Shelf & { readonly page: string; readonly auditor: string }) => void;

const only = (users: readonly string[]) => ({ users });

/** What happens to a page, what the ledger says where it happened before the last look, and where it happened after it. */
const CHANGES: readonly (readonly [string, Change, string, string])[] = [
  [
    'deleted',
    ({ world, page }) => world.trashPage(page),
    'gone | The page was deleted.',
    // The simulator lets a page in the bin be labelled; it does no harm there.
    'done | The label was added.',
  ],
  [
    'purged',
    ({ world, page }) => world.purgePage(page),
    'gone | The page is not visible any more.',
    'gone | The page is not visible any more.',
  ],
  [
    'hidden',
    ({ world, page, ann }) => world.setReadRestriction(page, only([ann])),
    'gone | The page is not visible any more.',
    'gone | The page is not visible any more.',
  ],
  [
    'closed to our edits',
    ({ world, page, ann }) => world.setUpdateRestriction(page, only([ann])),
    'refused | the account lacks a permission',
    'refused | the account lacks a permission',
  ],
  [
    'moved to another space',
    ({ world, page }) => world.movePage(page, null, 'DOCS'),
    'skipped | The page was moved to another space since it was judged.',
    'done | The label was added.',
  ],
  [
    'edited',
    ({ edit, page }) => edit(page),
    'skipped | The page was edited since it was judged (version 1, now 2).',
    'done | The label was added.',
  ],
];

nightShiftOnServer('a page', (shift) => {
  it.each(CHANGES)('that is %s between list and label costs nothing but its own label', async (_, change, before) => {
    const given = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(given.world);
    const [page = '', other = ''] = given.stale;
    const happens = () => change({ ...given, page, auditor: tenant.auditor });
    tenant.site.faults.strike(meanwhile, { at: PAGES, after: 2, happens });
    const night = await tenant.night();
    expect(night).toMatchObject({ outcome: 'complete', writesPlanned: 2, writesDone: 1 });
    expect(given.labelled()).toEqual([other]);
    expect(ledger(await tenant.view('executed_actions'))).toEqual([before, 'done | The label was added.']);
    const posts = before.startsWith('refused') ? 2 : 1;
    expect(writesAmong(tenant.asked())).toEqual(Array<string>(posts).fill(ADD));
  });

  it.each(CHANGES)('that is %s right before its label is sent is not fought for', async (_, change, __, after) => {
    const given = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(given.world);
    const [page = '', other = ''] = given.stale;
    const happens = () => change({ ...given, page, auditor: tenant.auditor });
    tenant.site.faults.strike(meanwhile, { at: ADD, happens });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesPlanned: 2 });
    expect(given.labelled()).toContain(other);
    expect(ledger(await tenant.view('executed_actions'))).toEqual([after, 'done | The label was added.']);
    expect(writesAmong(tenant.asked())).toEqual([ADD, ADD]);
  });

  it.each([
    ['archived', 'archivePage'],
    ['deleted', 'trashPage'],
  ] as const)(
    'that is %s after its label is left alone, and its finding is closed with that reason',
    async (how, verb) => {
      const given = shelf(shift.clock, { runbooks: 2 });
      const tenant = await shift.tenant(given.world);
      await tenant.night();
      given.world[verb](given.stale[0] ?? '');
      tenant.asked();
      shift.clock.pass({ days: 1 });
      expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 1, writesPlanned: 0 });
      expect(writesAmong(tenant.asked())).toEqual([]);
      const closed = (await tenant.view('finding_history')).filter((row) => row['event'] === 'resolved');
      expect(closed).toMatchObject([{ note: `The page was ${how}.` }]);
    },
  );
});

/** The rows of the first runbook, then of the second; of a refusal only what it says at its core. */
const ledger = (rows: Parameters<typeof lines>[0]): string[] =>
  lines(
    rows.toSorted((a, b) => (String(a['page_title']) < String(b['page_title']) ? -1 : 1)),
    'state outcome',
  ).map((line) => line.replace(/\| .*: (the account lacks a permission).*/, '| $1'));
