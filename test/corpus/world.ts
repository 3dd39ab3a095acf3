import { mention as mentionOf } from '../../src/simulator/seed/storage.ts';
import { createWorld, type World } from '../../src/simulator/world.ts';
import type { NewSpace } from '../../src/simulator/world/spaces.ts';
import { only, PUBLIC } from '../../src/simulator/world/spaces.ts';
import { auditorOf } from '../auditor.ts';
import type { PagePlan, Person, Setting, Team } from './page.ts';
import { plans } from './plans.ts';
import type { SimulatedClock } from '../simulated-clock.ts';

export interface CorpusPage extends PagePlan {
  readonly id: string;
}

/** The corpus as a site, and what an audit should say of each of its pages. */
export function corpusWorld({ ago }: Pick<SimulatedClock, 'ago'>): { world: World; pages: readonly CorpusPage[] } {
  const world = createWorld({ id: 'corpus' });
  const people = crewOf(world);
  const teams: Readonly<Record<Team, string>> = {
    'sre-oncall': world.addGroup({ name: 'sre-oncall', members: [people.ann, people.ben, people.auditor] }).id,
    'vault-keepers': world.addGroup({ name: 'vault-keepers', members: [people.cem, people.auditor] }).id,
  };
  const setting: Setting = {
    day: (age) => ago(age).toISOString().slice(0, 10),
    mention: (person) => mentionOf(people[person]),
  };
  const at = ago(2_000);
  const homes = new Map(
    spacesOf(people, teams).map((space) => {
      world.addSpace({ name: `Space ${space.key}`, at, ...space });
      const title = `Home of ${space.key}`;
      const home = world.addHomepage({
        space: space.key,
        title,
        by: people.ann,
        at,
        body: '<ac:structured-macro ac:name="children" />',
      });
      world.editPage(home.id, { by: people.ben, at: ago(30) });
      return [space.key, home.id] as const;
    }),
  );
  const planned = plans(setting);
  const ids = new Map<string, string>();
  const pages = planned.map((plan): CorpusPage => {
    const id = build(world, plan, { people, teams, ago, parentId: parentOf(plan, homes, ids) });
    ids.set(`${plan.space} ${plan.title}`, id);
    return { ...plan, id };
  });
  for (const { id, fate } of pages) {
    if (fate === 'archived') world.archivePage(id);
  }
  const homePages = [...homes].map(
    ([space, id]): CorpusPage => ({
      id,
      space,
      title: `Home of ${space}`,
      body: '',
      about: 'a home page',
      expected: ['MUSEUM', 'FORUM'].includes(space) ? ['anonymous-space'] : [],
    }),
  );
  return { world, pages: [...homePages, ...pages] };
}

type People = Readonly<Record<Person, string>>;

function crewOf(world: World): People {
  const person = (displayName: string, more = {}): string => world.addAccount({ displayName, ...more }).accountId;
  return {
    ann: person('Ann Example'),
    ben: person('Ben Example'),
    cem: person('Cem Örnek'),
    dora: person('Dóra Példa'),
    leaver: person('Lea Verlassen', { accountStatus: 'inactive' }),
    closed: person('Former user', { accountStatus: 'closed' }),
    bot: person('Nightly Sync', { accountType: 'app' }),
    auditor: auditorOf(world),
  };
}

function spacesOf(
  { ann, bot, auditor }: People,
  teams: Readonly<Record<Team, string>>,
): readonly Omit<NewSpace, 'name' | 'at'>[] {
  const open = ['OPS', 'SRE', 'LAGER', 'FR', 'NOTES', 'MAP', 'SAFE'].map((key) => ({ key, by: ann }));
  return [
    ...open,
    { key: 'BOTS', by: bot },
    { key: 'MUSEUM', by: ann, readers: PUBLIC },
    { key: 'FORUM', by: ann, readers: PUBLIC },
    { key: 'SHOP', by: ann, readers: PUBLIC },
    { key: 'BOARD', by: ann, readers: only([ann, auditor], [teams['vault-keepers']]) },
    { key: '~ANN', by: ann, type: 'personal' },
    { key: 'OLD', by: ann, status: 'archived' },
  ];
}

function parentOf(
  { space, title, parent }: PagePlan,
  homes: ReadonlyMap<string, string>,
  ids: ReadonlyMap<string, string>,
): string | null {
  if (parent === null) return null;
  const id = parent === undefined ? homes.get(space) : ids.get(`${space} ${parent}`);
  if (id === undefined) throw new Error(`"${title}" has no parent "${parent}" in ${space}`);
  return id;
}

interface Place {
  readonly people: People;
  readonly teams: Readonly<Record<Team, string>>;
  readonly ago: SimulatedClock['ago'];
  readonly parentId: string | null;
}

function build(world: World, plan: PagePlan, { people, teams, ago, parentId }: Place): string {
  const { by = 'ann', created = 50, edits = [], labels = [], files = [], remarks = [], body } = plan;
  const author = people[by];
  const at = ago(created);
  const { id } = world.addPage({
    space: plan.space,
    title: plan.title,
    body,
    by: author,
    at,
    parentId,
    labels: [...new Set(labels)],
    ownerId: people[plan.owner ?? by],
    ...(plan.subtype === undefined ? {} : { subtype: plan.subtype }),
  });
  for (const { by: editor, age, minor = false } of edits) {
    world.editPage(id, { by: people[editor], at: ago(age), minor });
  }
  for (const { title, size = 2_000, type = 'application/octet-stream', deleted = false } of files) {
    const file = world.addAttachment(id, { title, fileSize: size, mediaType: type, by: author, at });
    if (deleted) world.removeAttachment(file.id);
  }
  for (const { age, selection, settled } of remarks) {
    const remark = world.addComment(id, { by: people.cem, at: ago(age), ...(selection === null ? {} : { selection }) });
    if (settled !== undefined) world.settleComment(remark.id, settled, people.ben, ago(age - 1));
  }
  const named = ({ users = [], groups = [] }: NonNullable<PagePlan['read']>) => ({
    users: users.map((person) => people[person]),
    groups: groups.map((team) => teams[team]),
  });
  if (plan.read !== undefined) world.setReadRestriction(id, named(plan.read));
  if (plan.update !== undefined) world.setUpdateRestriction(id, named(plan.update));
  // Before the next page is added, so that its title is free again.
  if (plan.fate === 'trashed') world.trashPage(id);
  return id;
}
