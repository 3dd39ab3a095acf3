import { CANARY } from '../../src/simulator/canary.ts';
import { createWorld } from '../../src/simulator/world.ts';
import type { SimulatedClock } from '../simulated-clock.ts';
import { soundRunbook } from '../sound-runbook.ts';

/** Stands in bodies only: no row and no log line may hold it. */
export const BODY_CANARY = `${CANARY} lantern`;
/** Looks like a token of GitHub and is none; nor may it stand anywhere but in a body. */
export const LEAKED = `ghp_${CANARY}${'a1B2c3D4e5F6'.repeat(2)}Zz`;
const STEPS = soundRunbook(`<ol><li>Open the panel.</li><li>${BODY_CANARY}.</li></ol>`);

/** A site of a few pages, one for each thing that the story tells; ages count back from the clock's time. */
export function smallWiki({ now, ago }: Pick<SimulatedClock, 'now' | 'ago'>) {
  const world = createWorld({ id: 'small' });
  const person = (displayName: string, accountType: 'atlassian' | 'app' = 'atlassian') =>
    world.addAccount({ displayName, accountType }).accountId;
  const people = { ann: person('Ann Example'), ben: person('Ben Example'), bot: person('Nightly Sync', 'app') };
  const { ann, ben, bot } = people;
  const onCall = world.addGroup({ name: 'sre-oncall', members: [ann] }).id;
  const vaultKeepers = world.addGroup({ name: 'vault-keepers', members: [ben] }).id;

  world.addSpace({ key: 'OPS', name: 'Operations', by: ann, at: ago(900) });
  world.addSpace({ key: 'DOCS', name: 'Documentation', by: ben, at: ago(900) });
  world.addSpace({ key: 'OLD', name: 'Retired', by: ben, at: ago(900), status: 'archived' });
  const home = world.addHomepage({ space: 'OPS', title: 'Operations', by: ann, at: ago(900) }).id;

  const page = (
    space: string,
    title: string,
    age: number,
    given: { by?: string; body?: string; parent?: string } = {},
  ) =>
    world.addPage({
      space,
      title,
      by: given.by ?? ben,
      at: ago(age),
      body: given.body ?? `<p>${BODY_CANARY}.</p>`,
      ...(space === 'OPS' ? { parentId: given.parent ?? home } : {}),
    }).id;
  const runbook = (title: string, age: number, given: { labels?: string[]; body?: string; parent?: string } = {}) => {
    const id = page('OPS', title, age, { by: ann, body: STEPS, ...given });
    for (const name of ['runbook', ...(given.labels ?? [])]) world.addLabel(id, name, ann);
    return id;
  };

  const vault = page('OPS', 'Vault', 400);
  world.setReadRestriction(vault, { groups: [vaultKeepers] });
  const pages = {
    home,
    vault,
    stale: runbook('Restart the payment service', 300),
    warn: runbook('Free disk space', 100),
    fresh: runbook('Rotate certificates', 20),
    botEdited: runbook('Fail over the database', 250),
    attested: runbook('Restore a backup', 400, { labels: [`reviewed-${ago(10).toISOString().slice(0, 10)}`] }),
    humanLabelled: runbook('Drain a node', 260, { labels: ['docaudit-stale'] }),
    evergreen: runbook('Phone numbers', 700, { labels: ['evergreen'] }),
    unreadable: runbook('Unseal the vault', 15, { parent: vault }),
    leaky: runbook('Clone the repository', 14, {
      body: soundRunbook(`<p>Use ${LEAKED} and see <ac:link><ri:page ri:content-title="Lost page" /></ac:link>.</p>`),
    }),
    missingFile: runbook('Scale the queue', 12, {
      body: `${STEPS}<p><ac:image><ri:attachment ri:filename="queue.png" /></ac:image></p>`,
    }),
    dangerous: page('DOCS', 'Tools', 30),
    twinInDocs: page('DOCS', 'Release process', 40),
    twinInOps: page('OPS', 'Release  Process', 41),
    meeting: page('DOCS', 'Meeting about the runbook', 500),
    retired: page('OLD', 'Old runbook', 800),
  };
  for (const days of [3, 2, 1]) {
    world.editPage(pages.botEdited, { by: bot, at: ago(days), body: `${STEPS}<p>${days}</p>` });
  }
  const { id: exe } = world.addAttachment(pages.dangerous, {
    title: 'setup.exe',
    mediaType: 'application/x-msdownload',
    fileSize: 4096,
    by: ben,
    at: ago(30),
  });
  /** Lets an account see what lies below the vault. */
  const letIn = (accountId: string): void => world.addToGroup(vaultKeepers, accountId);
  /** A person corrects a page now. */
  const correct = (pageId: string): void => {
    world.editPage(pageId, { by: ann, at: now(), body: `${STEPS}<p>Corrected.</p>` });
  };
  return { world, pages, exe, people, groups: { onCall, vaultKeepers }, letIn, correct };
}

export type SmallWiki = ReturnType<typeof smallWiki>;
