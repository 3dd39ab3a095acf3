import type { Stage } from '../stage.ts';
import { text } from '../storage.ts';
import { type Traps, writeTrap } from './trap.ts';

/** Runbooks that some of those who need them cannot open or change. */
export function addAccessTraps(stage: Stage): Traps {
  const { world, crew } = stage;
  const owner = stage.someone();
  const home = world.space('OPS').homepageId;

  const closing = stage.write({
    space: 'OPS',
    title: 'Month-end closing',
    body: text('What must be done on the last working day, and by whom.'),
    parentId: home,
    age: 30,
  });
  world.setReadRestriction(closing.id, { groups: [crew.finance.id] });
  const inheriting = writeTrap(stage, { title: 'Runbook: month-end export fails', parentId: closing.id, age: 14 });
  const listed = writeTrap(stage, { title: 'Runbook: month-end totals differ', parentId: closing.id, age: 21 });
  // Its own list lets the on-call group in; the parent's does not.
  world.setReadRestriction(listed.id, { groups: [crew.onCall.id, crew.finance.id] });

  const forOne = writeTrap(stage, { title: 'Runbook: restore the master key', age: 25, owner });
  world.setReadRestriction(forOne.id, { users: [owner.accountId, crew.audit.accountId] });
  const unseen = writeTrap(stage, { title: 'Runbook: my private notes', age: 210, owner });
  world.setReadRestriction(unseen.id, { users: [owner.accountId] });

  const forOnCall = writeTrap(stage, { title: 'Runbook: suspected intrusion', age: 18, labels: ['runbook'] });
  world.setReadRestriction(forOnCall.id, { groups: [crew.onCall.id, crew.platform.id] });
  const readOnly = writeTrap(stage, { title: 'Runbook: pay the provider by hand', age: 33 });
  world.setUpdateRestriction(readOnly.id, { groups: [crew.platform.id] });
  const locked = writeTrap(stage, { title: 'Runbook: shut down the old exchange', age: 280, owner });
  world.setUpdateRestriction(locked.id, { users: [owner.accountId] });

  return {
    restrictedParent: closing.id,
    underRestrictedParent: inheriting.id,
    ownListUnderRestrictedParent: listed.id,
    restrictedToOne: forOne.id,
    invisible: unseen.id,
    restrictedToOnCall: forOnCall.id,
    notEditableByOnCall: readOnly.id,
    staleAndNotLabelable: locked.id,
  };
}
