import type { Stage } from '../stage.ts';
import { include, p, pageLink, text } from '../storage.ts';
import { type Traps, writeTrap } from './trap.ts';

const DEPTH = 9;

/** Pages that are archived, deleted, unfinished, deep, ownerless or already labelled by a person. */
export function addLifecycleTraps(stage: Stage): Traps {
  const { world, crew } = stage;
  const author = stage.someone();
  const by = author.accountId;
  const home = world.space('OPS').homepageId;

  const archived = writeTrap(stage, { title: 'Runbook: mainframe print queue', age: 900, labels: ['runbook'] });
  world.archivePage(archived.id);
  const oldParent = stage.write({
    space: 'OPS',
    title: 'Old procedures',
    body: text('Replaced.'),
    parentId: home,
    age: 700,
  });
  const orphaned = writeTrap(stage, {
    title: 'Runbook: still valid below the old procedures',
    parentId: oldParent.id,
    age: 35,
  });
  world.archivePage(oldParent.id);
  const trashed = writeTrap(stage, { title: 'Runbook: modem pool', age: 1000 });
  world.trashPage(trashed.id);
  const linking = stage.write({
    space: 'OPS',
    title: 'Where old procedures went',
    body: p('See', `${pageLink('Runbook: modem pool')}.`) + include('Runbook: page that never was'),
    parentId: home,
    age: 55,
  });
  const draft = world.addPage({
    space: 'OPS',
    title: 'Runbook: unfinished',
    body: text('To be written.'),
    by: crew.audit.accountId,
    at: stage.ago(60),
    parentId: home,
    status: 'draft',
  });

  const leavers = writeTrap(stage, { title: 'Runbook: supplier portal outage', age: 44, owner: crew.leaver });
  const marked = writeTrap(stage, { title: 'Runbook: cold start after a holiday', age: 27, labels: ['runbook'] });
  world.addLabel(marked.id, 'docaudit-stale', by);
  const keptByHand = writeTrap(stage, { title: 'Runbook: winter tyres for the vans', age: 230 });
  world.addLabel(keptByHand.id, 'docaudit-keep', by);

  let parentId = home;
  for (let level = 1; level <= DEPTH; level += 1) {
    const title = `Procedures, level ${level}`;
    parentId = stage.write({ space: 'OPS', title, body: text('One level deeper.'), parentId, age: 80 }).id;
  }
  const deep = writeTrap(stage, { title: 'Runbook: at the bottom of the tree', parentId, age: 15 });
  const empty = stage.write({ space: 'DOCS', title: 'To be written', body: '', parentId: null, age: 200, history: 0 });
  // Unclosed markup does occur where a migration wrote the body.
  const damaged = stage.write({
    space: 'DOCS',
    title: 'Imported from the old wiki',
    body: '<p>First half <strong>bold<p>second half</ac:link> &nbsp; &bogus; <ul><li>open',
    parentId: null,
    age: 150,
  });

  return {
    archived: archived.id,
    archivedParent: oldParent.id,
    underArchivedParent: orphaned.id,
    trashed: trashed.id,
    brokenLinks: linking.id,
    draft: draft.id,
    inactiveOwner: leavers.id,
    labelledByHand: marked.id,
    staleWithForeignLabel: keptByHand.id,
    deep: deep.id,
    empty: empty.id,
    damagedBody: damaged.id,
  };
}
