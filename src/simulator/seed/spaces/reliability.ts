import { PRACTICE_TOPICS, practiceBody } from '../prose/guides.ts';
import { postmortemBody, retroBody } from '../prose/records.ts';
import { FAILURES } from '../prose/runbook.ts';
import type { Stage } from '../stage.ts';
import { bullets, h, include, pageLink, p, text } from '../storage.ts';

/** The reliability space: practices, postmortems by year, retros. */
export function fillReliability(stage: Stage): void {
  const { world, random, profile } = stage;
  const founder = stage.someone();
  const by = founder.accountId;
  world.addSpace({ key: 'SRE', name: 'Reliability', by, at: stage.ago(1300) });
  const home = world.addHomepage({
    space: 'SRE',
    title: `${profile.company} reliability`,
    body: h(1, 'Reliability') + p('Start with', `${pageLink(`${profile.company} operations`, 'OPS')}.`),
    by,
    at: stage.ago(1300),
  });
  const chapter = (title: string, body: string): string =>
    stage.write({ space: 'SRE', title, body, parentId: home.id, age: random.between(20, 400) }).id;

  const practices = chapter('How we work', bullets(PRACTICE_TOPICS.slice(0, profile.size.practices)));
  for (const topic of PRACTICE_TOPICS.slice(0, profile.size.practices)) {
    const age = random.between(3, 260);
    stage.write({ space: 'SRE', title: topic, body: practiceBody(random, topic), parentId: practices, age });
  }

  const postmortems = chapter('Postmortems', text('Blameless, and finished within a week.'));
  for (let index = 0; index < profile.size.postmortems; index += 1) {
    const age = 12 + index * 17 + random.int(9);
    const service = random.pick(profile.services);
    const scene = { service, on: stage.dayAgo(age + 4), lead: stage.someone().accountId };
    stage.write({
      space: 'SRE',
      title: `Postmortem ${scene.on}: ${service} ${random.pick(FAILURES).name}`,
      body: postmortemBody(random, scene),
      parentId: postmortems,
      labels: ['postmortem'],
      age,
      history: random.chance(0.5) ? 0 : 14,
    });
  }

  const retros = chapter('Looking back', include('How we work') + text('One page per sprint.'));
  for (let index = 0; index < profile.size.retros; index += 1) {
    stage.write({
      space: 'SRE',
      title: `Retro of sprint ${140 - index}`,
      body: retroBody(random),
      parentId: retros,
      age: 5 + index * 14,
      history: 0,
    });
  }
}
