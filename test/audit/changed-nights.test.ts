import { expect, it } from 'vitest';
import { createWorld } from '../../src/simulator/world.ts';
import { soundRunbook } from '../sound-runbook.ts';
import { nightShiftOnServer, type NightShift, type Tenant } from '../night-shift.ts';
import { chance, happen } from './random-history.ts';

const SPACES = ['OPS', 'DOCS', 'ENG', 'HR'];
const RULES = {
  'stale-page': 'off',
  'broken-page-link': {},
  'duplicate-title': {},
  'single-reader': {},
  'oversize-attachment': {},
};

const OVER_LISTS = {
  'archived-but-linked': {},
  'broken-include': {},
  'orphan-page': {},
  'sensitive-page-open': {},
  'anonymous-space': {},
  'bus-factor-one': { minDays: 1 },
};

/** A wiki of four spaces; in the audit account's eyes every page is open. */
function wiki(clock: NightShift['clock'], seed: number) {
  const roll = chance(seed);
  const world = createWorld({ id: 'history', firstId: 70_000 });
  const person = (displayName: string) => world.addAccount({ displayName }).accountId;
  const people = [person('Ann Example'), person('Ben Example')];
  const bot = world.addAccount({ displayName: 'Sync', accountType: 'app' }).accountId;
  const group = world.addGroup({ name: 'sre-oncall', members: people }).id;
  const by = people[0] ?? '';
  for (const key of SPACES) {
    world.addSpace({ key, name: key, by, at: clock.ago(900) });
    const parentId = world.addHomepage({ space: key, title: `${key} home`, by, at: clock.ago(900) }).id;
    const folder = world.addFolder({ space: key, title: 'Shelf', by, at: clock.ago(800), parentId }).id;
    for (let index = 1; index <= 6; index += 1)
      world.addPage({
        space: key,
        title: `${index % 2 === 0 ? 'Runbook' : 'Page'} ${key} ${index}`,
        by,
        at: clock.ago(Math.floor(roll() * 400) + 1),
        parentId: index % 3 === 0 ? folder : parentId,
        body: soundRunbook('<p>Go.</p>'),
      });
  }
  return { world, roll, actors: { people, bot, group, spaces: SPACES } };
}

/** Everything that a reader of the reports sees, but for when and by which run. */
async function known(shift: NightShift, { id }: Tenant): Promise<Record<string, unknown>> {
  const rows = (sql: string) => shift.database().superuser(sql, [id]);
  return {
    // What is kept of pages that no rule judges any more says nothing.
    pages: await rows(`select page_id, space_id, title, parent_id, version_number, is_runbook, exempt, profile_id,
        case when judged then fresh_at::text end as fresh_at, case when judged then fresh_because end as fresh_because,
        case when not exempt then facts_of_version end as facts_of_version, case when judged then labels end as labels,
        case when judged then read_users || read_groups end as readers
      from (select *, is_runbook and not exempt as judged from audit.page) as page
      where tenant_id = $1 and gone_at is null and content_type = 'page' order by page_id`),
    attachments:
      await rows(`select attachment_id, page_id, title from audit.attachment a where tenant_id = $1 and gone_at is null
      and exists (select 1 from audit.page p where p.tenant_id = a.tenant_id and p.page_id = a.page_id and p.gone_at is null) order by 1`),
    // A finding that tonight could not be judged stays as it was, where there was one.
    findings: await rows(`select rule_id, page_id, subject_id, status, severity, reason from audit.finding f
      where tenant_id = $1 and state = 'open' and not exists (select 1 from audit.unjudged u
        where u.tenant_id = f.tenant_id and u.rule_id = f.rule_id and u.page_id = f.page_id)
      order by rule_id, page_id, subject_id`),
    unjudged: await rows(
      `select rule_id, page_id, status from audit.unjudged where tenant_id = $1 order by rule_id, page_id`,
    ),
  };
}

nightShiftOnServer('nights that list what changed', (shift) => {
  it.each([
    [11, 'every page is searched', { few: 1000 }, {}],
    [12, 'only what decides something is searched', { few: 0 }, {}],
    [13, 'a rule needs the labels of every page', { few: 0 }, { 'stale-page': {} }],
    [14, 'rules look at the archive, at permissions and at writers', { few: 0 }, OVER_LISTS],
  ])(
    'know after a week of rest what an audit of everything knows (history %i, %s)',
    async (seed, _, measure, rules) => {
      const { world, roll, actors } = wiki(shift.clock, seed);
      const settings = { rules: { ...RULES, ...rules }, readers: { onCallGroups: ['sre-oncall'] } };
      const thrifty = await shift.tenant(world, settings);
      const kinds = new Set<string>();
      const night = () => thrifty.night({ mode: 'audit', listing: { worthRequests: -1, ...measure } });
      for (let day = 0; day < 6; day += 1) {
        expect(await night(), `night ${day}`).toMatchObject({ outcome: 'complete', reason: null });
        for (let count = 0; count < 6; count += 1) {
          shift.clock.pass({ seconds: 3600 });
          kinds.add(happen(world, { ...actors, auditor: thrifty.auditor }, roll, shift.clock.now()));
        }
        shift.clock.pass({ seconds: 18 * 3600 });
      }
      expect(kinds.size).toBeGreaterThan(8);
      for (let day = 0; day < 8; day += 1) {
        const result = await night();
        // Seven pages of a small space may be more than a tenth of it; that is said, and held back.
        expect(['complete', 'partial'], `rest ${day}`).toContain(result.outcome);
        shift.clock.pass({ days: 1 });
      }
      thrifty.asked();
      const last = await night();
      const lists = thrifty.site.requests.filter(({ query }) => query.includes('modified-date'));
      expect(lists.length).toBeGreaterThan(8);
      const before = await known(shift, thrifty);
      const all = await thrifty.night({ mode: 'audit', full: true });
      expect(all.outcome).toBe(last.outcome);
      expect(await known(shift, thrifty)).toEqual(before);

      const fresh = await shift.tenant(world, settings);
      await fresh.night({ mode: 'audit' });
      expect(await known(shift, fresh)).toEqual(before);
    },
  );
});
