import { createWorld } from '../../src/simulator/world.ts';

const DAY_MS = 86_400_000;

export const EMAIL = 'auditor@example.com';
export const TOKEN = 'canary-token-4c1f';
const STEP = '<h2>Steps</h2><ol><li>Open the dashboard.</li><li>Follow the checks in order.</li></ol>';

/** A site of a few pages, one for each thing that the story tells; ages are counted back from `now`. */
export function smallWiki(now: Date) {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const world = createWorld({ id: 'small' });
  const [auditor, ann, ben, bot] = [
    world.addAccount({ displayName: 'Audit Bot', email: EMAIL, admin: true }),
    world.addAccount({ displayName: 'Ann Example', email: 'ann@example.com' }),
    world.addAccount({ displayName: 'Ben Example', email: 'ben@example.com' }),
    world.addAccount({ displayName: 'Nightly Sync', accountType: 'app' }),
  ].map((account) => account.accountId) as [string, string, string, string];
  world.addCredential({ email: EMAIL, token: TOKEN, accountId: auditor });
  const onCall = world.addGroup({ name: 'sre-oncall', members: [ann] }).id;
  const vaultKeepers = world.addGroup({ name: 'vault-keepers', members: [auditor, ben] }).id;

  world.addSpace({ key: 'OPS', name: 'Operations', by: ann, at: ago(900) });
  world.addSpace({ key: 'DOCS', name: 'Documentation', by: ben, at: ago(900) });
  world.addSpace({ key: 'OLD', name: 'Retired', by: ben, at: ago(900), status: 'archived' });
  const home = world.addHomepage({ space: 'OPS', title: 'Operations', by: ann, at: ago(900) }).id;

  const runbook = (title: string, age: number, given: { labels?: string[]; body?: string; parentId?: string } = {}) =>
    world.addPage({
      space: 'OPS',
      title,
      by: ann,
      at: ago(age),
      parentId: given.parentId ?? home,
      body: given.body ?? STEP,
      labels: ['runbook', ...(given.labels ?? [])],
    }).id;

  const vault = world.addPage({ space: 'OPS', title: 'Vault', by: ben, at: ago(400), parentId: home, body: STEP }).id;
  world.setReadRestriction(vault, { groups: [vaultKeepers] });

  const pages = {
    home,
    vault,
    stale: runbook('Restart the payment service', 300),
    fresh: runbook('Rotate certificates', 20),
    warn: runbook('Free disk space', 100),
    botEdited: runbook('Fail over the database', 250),
    attested: runbook('Restore a backup', 400, { labels: [`reviewed-${ago(10).toISOString().slice(0, 10)}`] }),
    humanLabelled: runbook('Drain a node', 260, { labels: ['docaudit-stale'] }),
    evergreen: runbook('Phone numbers', 700, { labels: ['evergreen'] }),
    unreadable: runbook('Unseal the vault', 15, { parentId: vault }),
    missingFile: runbook('Scale the queue', 12, {
      body: `${STEP}<p><ac:image><ri:attachment ri:filename="queue.png" /></ac:image></p>`,
    }),
    dangerous: world.addPage({ space: 'DOCS', title: 'Tools', by: ben, at: ago(30), body: '<p>Downloads.</p>' }).id,
    twinA: world.addPage({ space: 'DOCS', title: 'Release process', by: ben, at: ago(40), body: '<p>One.</p>' }).id,
    twinB: world.addPage({
      space: 'OPS',
      title: 'Release  Process',
      by: ann,
      at: ago(41),
      parentId: home,
      body: '<p>Two.</p>',
    }).id,
    meeting: world.addPage({
      space: 'DOCS',
      title: 'Meeting about the runbook',
      by: ben,
      at: ago(500),
      body: '<p>Notes.</p>',
    }).id,
  };
  for (const days of [3, 2, 1])
    world.editPage(pages.botEdited, { by: bot, at: ago(days), body: `${STEP}<p>${days}</p>` });
  world.addAttachment(pages.dangerous, {
    title: 'setup.exe',
    mediaType: 'application/x-msdownload',
    fileSize: 4096,
    by: ben,
    at: ago(30),
  });
  return { world, pages, people: { auditor, ann, ben, bot }, groups: { onCall, vaultKeepers }, ago };
}
