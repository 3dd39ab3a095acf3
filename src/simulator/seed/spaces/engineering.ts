import { architectureBody, DECISION_TOPICS, decisionBody } from '../prose/design.ts';
import { meetingBody } from '../prose/records.ts';
import { slugOf } from '../prose/runbook.ts';
import type { Stage } from '../stage.ts';
import { h, image, text } from '../storage.ts';

const ASPECTS = ['How data flows', 'How it is deployed', 'How it fails', 'How it scales'];
const SERIES = ['Platform weekly', 'Architecture circle', 'Incident review', 'Hiring sync'];

function addArchitecture(stage: Stage, folderId: string): void {
  const { world, random, profile } = stage;
  for (let index = 0; index < profile.size.architecture; index += 1) {
    const service = profile.services[index % profile.services.length] ?? profile.company;
    const aspect = ASPECTS[Math.floor(index / profile.services.length) % ASPECTS.length] ?? 'How it works';
    const drawn = random.chance(0.5);
    const fileName = `${slugOf(service)}-${slugOf(aspect)}.svg`;
    const page = stage.write({
      space: 'ENG',
      title: `${service}: ${aspect.toLowerCase()}`,
      body: architectureBody(random, { service, aspect, ...(drawn ? { picture: image(fileName) } : {}) }),
      parentId: folderId,
      labels: ['architecture'],
      age: random.between(4, 600),
    });
    if (!drawn) continue;
    world.addAttachment(page.id, {
      title: fileName,
      mediaType: 'image/svg+xml',
      fileSize: random.between(3_000, 60_000),
      by: page.authorId,
      at: stage.ago(650),
    });
  }
}

function addMeetings(stage: Stage, rootId: string): void {
  const { random, profile, crew } = stage;
  const people = crew.people.map((person) => person.accountId);
  const series = SERIES.slice(0, Math.max(2, Math.ceil(profile.size.meetings / 30)));
  const parents = series.map((title) =>
    stage.write({ space: 'ENG', title, body: text(`Notes of the ${title}.`), parentId: rootId, age: 30, history: 400 }),
  );
  for (let index = 0; index < profile.size.meetings; index += 1) {
    const which = index % series.length;
    const age = 2 + 7 * Math.floor(index / series.length) + which;
    stage.write({
      space: 'ENG',
      title: `${stage.dayAgo(age)} ${series[which]} meeting notes`,
      body: meetingBody(random, { people, due: stage.dayAgo(age - 14) }),
      parentId: parents[which]?.id ?? rootId,
      labels: ['meeting-notes'],
      age,
      history: 0,
      // The newest notes of each series are still being written together.
      ...(index < series.length ? { subtype: 'live' } : {}),
    });
  }
}

/** The engineering space: architecture, decisions, meetings, a branch for the platform group only, and the blog. */
export function fillEngineering(stage: Stage): void {
  const { world, random, profile, crew } = stage;
  const by = stage.someone().accountId;
  world.addSpace({ key: 'ENG', name: 'Engineering', by, at: stage.ago(1600) });
  const title = `${profile.company} engineering`;
  const body = h(1, title) + text('How we build things, and why we build them that way.');
  const home = world.addHomepage({ space: 'ENG', title, body, by, at: stage.ago(1600) });
  const architecture = world.addFolder({
    space: 'ENG',
    title: 'Architecture',
    by,
    at: stage.ago(900),
    parentId: home.id,
  });
  addArchitecture(stage, architecture.id);

  const intro = text('One page per decision. A decision is changed by a newer one.');
  const decisions = stage.write({ space: 'ENG', title: 'Decisions', body: intro, parentId: home.id, age: 40 });
  for (const [index, topic] of DECISION_TOPICS.slice(0, profile.size.decisions).entries()) {
    stage.write({
      space: 'ENG',
      title: `ADR ${String(index + 1).padStart(3, '0')}: ${topic}`,
      body: decisionBody(random, topic),
      parentId: decisions.id,
      labels: ['adr'],
      age: 1200 - index * 40 + random.int(30),
      history: random.chance(0.3) ? 20 : 0,
    });
  }

  const meetings = stage.write({
    space: 'ENG',
    title: 'Meetings',
    body: text('By series.'),
    parentId: home.id,
    age: 60,
  });
  addMeetings(stage, meetings.id);

  const reviews = text('Findings stay here until they are fixed.');
  const closed = stage.write({ space: 'ENG', title: 'Security reviews', body: reviews, parentId: home.id, age: 25 });
  world.setReadRestriction(closed.id, { groups: [crew.platform.id] });
  for (const service of profile.services.slice(0, 4)) {
    const findings = text('Two findings, both fixed before the release.');
    stage.write({ space: 'ENG', title: `Security review of ${service}`, body: findings, parentId: closed.id, age: 90 });
  }

  for (let index = 0; index < profile.size.posts; index += 1) {
    const service = random.pick(profile.services);
    world.addBlogPost({
      space: 'ENG',
      title: `What changed in ${service}, part ${index + 1}`,
      body: text(`${service} is faster on Mondays now. The rest of the week follows.`),
      by: stage.someone().accountId,
      at: stage.ago(4 + index * 21),
      labels: ['news'],
    });
  }
}
