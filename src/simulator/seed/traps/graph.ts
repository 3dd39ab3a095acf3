import type { Stage } from '../stage.ts';
import { anchorLink, h, p, text } from '../storage.ts';
import type { Traps } from './trap.ts';

/** A link to a heading that is not there, a page that is left to somebody who has left, and a sensitive page that is open to all. */
export function addGraphTraps(stage: Stage): Traps {
  const { world, crew } = stage;
  const parentId = world.space('OPS').homepageId;

  const jumping = stage.write({
    space: 'OPS',
    title: 'Map of the machine room',
    body:
      p('See', `${anchorLink('Cooling', 'cooling')} and`, `${anchorLink('Spare-parts', 'spare parts')}.`) +
      h(2, 'Cooling') +
      text('Two units, of which one is enough in winter.'),
    parentId,
    age: 52,
  });
  const left = stage.write({
    space: 'OPS',
    title: 'Contacts at the old exchange',
    body: text('Names and numbers, as of the handover.'),
    parentId,
    age: 64,
  });
  world.setReadRestriction(left.id, { users: [crew.leaver.accountId, crew.audit.accountId] });
  const open = stage.write({
    space: 'OPS',
    title: 'Standby pay by grade',
    body: text('What a night on call is worth, by grade.'),
    parentId,
    age: 47,
    labels: ['confidential'],
  });
  return { brokenAnchor: jumping.id, restrictedToInactive: left.id, sensitiveOpen: open.id };
}
