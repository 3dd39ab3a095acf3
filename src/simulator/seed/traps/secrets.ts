import type { Random } from '../random.ts';
import type { Stage } from '../stage.ts';
import { code, h, text } from '../storage.ts';
import { type Traps, writeTrap } from './trap.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const PASSWORD = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** Made up here and for nothing: it opens no door. */
const madeUp = (random: Random, letters: string, length: number): string =>
  Array.from({ length }, () => letters.charAt(random.int(letters.length))).join('');

/** A key and a password in the text, a key in a file, and placeholders that are neither; and a runbook that nobody finished. */
export function addSecretTraps(stage: Stage): Traps {
  const { world, random } = stage;
  const home = world.space('OPS').homepageId;
  const by = stage.someone().accountId;

  const exported = `export AWS_ACCESS_KEY_ID=AKIA${madeUp(random, BASE32, 16)}`;
  const body = stage.write({
    space: 'OPS',
    title: 'Backup bucket, by hand',
    body:
      text('For the weekend on which the pipeline is down.') +
      code('bash', [exported, `export BACKUP_PASSWORD=${madeUp(random, PASSWORD, 24)}`, 'backup push --all']),
    parentId: home,
    age: 75,
  });
  const placeholders = stage.write({
    space: 'OPS',
    title: 'How to set up the backup client',
    body: code('bash', ['export AWS_ACCESS_KEY_ID=<your key>', 'export BACKUP_PASSWORD=changeme', 'backup check']),
    parentId: home,
    age: 75,
  });
  const keyFile = stage.write({
    space: 'OPS',
    title: 'Access to the jump host',
    body: text('Ask the network team for an account of your own.'),
    parentId: home,
    age: 58,
  });
  for (const [title, fileSize] of Object.entries({ 'jump-host.pem': 1_704, 'jump-host.pub': 404 })) {
    world.addAttachment(keyFile.id, { title, fileSize, mediaType: 'application/octet-stream', by, at: stage.ago(58) });
  }
  const unfinished = writeTrap(stage, {
    title: 'Runbook: badge readers offline',
    age: 12,
    body: h(2, 'Symptoms') + text('Doors stay shut.') + h(2, 'Steps') + text('Restart the controller.'),
  });
  return {
    secretInBody: body.id,
    placeholdersOnly: placeholders.id,
    keyFile: keyFile.id,
    missingSections: unfinished.id,
  };
}
