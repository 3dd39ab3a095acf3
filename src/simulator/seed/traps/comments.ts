import type { Content } from '../../world/model.ts';
import type { Stage } from '../stage.ts';
import { escape, text } from '../storage.ts';
import type { Traps } from './trap.ts';

const ASIDES = [
  'Thanks, this saved me an hour last night.',
  'Is the second step still needed since the migration?',
  'The dashboard has moved; the new address is in the channel.',
  'Works as described, tried on Tuesday.',
];

/** What is said about runbooks: questions that nobody answered, settled ones, and some whose passage is gone. */
export function addCommentTraps(stage: Stage): Traps {
  const { world, crew, random } = stage;
  const pages = [...world.contents.values()].filter((each) => each.type === 'page' && each.status === 'current');
  const titled = (title: string): Content => {
    const found = pages.find((page) => page.title === title);
    if (found === undefined) throw new Error(`no page titled ${title}`);
    return found;
  };
  const ask = (title: string, age: number, question: string, by = stage.someone().accountId): string =>
    world.addComment(titled(title).id, { selection: 'Escalation', by, at: stage.ago(age), body: text(question) }).id;

  const old = ask('Runbook: clock drift on the depot gateways', 200, 'Does this still hold for the new gateways?');
  const fresh = ask('Runbook: cold start after a holiday', 3, 'Which of the two switches is meant?');
  const leavers = ask('Runbook: supplier portal outage', 95, 'I cannot reach this contact.', crew.leaver.accountId);
  const settled = ask('Runbook: core switch replacement', 120, 'Typing error in the second command.');
  world.settleComment(settled, 'resolved', stage.someone().accountId, stage.ago(110));
  const reopened = ask('Runbook: core switch replacement', 150, 'The picture shows the old rack.');
  world.settleComment(reopened, 'reopened', stage.someone().accountId, stage.ago(60));
  const dangling = ask('Runbook: escalation tree', 170, 'Who is this?');
  world.settleComment(dangling, 'dangling', stage.someone().accountId, stage.ago(40));
  const hidden = ask('Runbook: my private notes', 30, 'Only the owner can read this question.');

  const reply = world.addComment(world.comment(old).containerId, {
    parentId: old,
    by: stage.someone().accountId,
    at: stage.ago(190),
    body: text('I think so, but ask the network team.'),
  });
  for (const page of pages.filter((each) => each.id !== world.comment(hidden).containerId && random.chance(0.06))) {
    const body = `<p>${escape(random.pick(ASIDES))}</p>`;
    world.addComment(page.id, { by: stage.someone().accountId, at: stage.ago(random.between(1, 20)), body });
  }
  return {
    oldQuestion: old,
    freshQuestion: fresh,
    questionOfLeaver: leavers,
    settledQuestion: settled,
    reopenedQuestion: reopened,
    danglingQuestion: dangling,
    unseenQuestion: hidden,
    replyToQuestion: reply.id,
  };
}
