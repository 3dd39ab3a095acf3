import { PUBLIC } from '../../world/spaces.ts';
import { GUIDE_TOPICS, guideBody, HANDBOOK_TOPICS } from '../prose/guides.ts';
import { slugOf } from '../prose/runbook.ts';
import type { Stage } from '../stage.ts';
import { h, image, text } from '../storage.ts';

/** The documentation space: a handbook for people who join, and guides by topic; public where the site has guests. */
export function fillDocumentation(stage: Stage): void {
  const { world, random, profile } = stage;
  const by = stage.someone().accountId;
  world.addSpace({
    key: 'DOCS',
    name: 'Documentation',
    type: 'knowledge_base',
    by,
    at: stage.ago(1100),
    ...(profile.anonymousAccess ? { readers: PUBLIC } : {}),
  });
  const title = `${profile.company} documentation`;
  const body = h(1, title) + text('Everything a new colleague needs, and a little more.');
  const home = world.addHomepage({ space: 'DOCS', title, body, by, at: stage.ago(1100) });

  const start = text('Read these in order.');
  const handbook = stage.write({ space: 'DOCS', title: 'Onboarding', body: start, parentId: home.id, age: 35 });
  const chapters = HANDBOOK_TOPICS.slice(0, Math.min(HANDBOOK_TOPICS.length, Math.ceil(profile.size.guides / 6)));
  for (const subject of chapters) {
    const guide = guideBody(random, { subject, related: title });
    stage.write({ space: 'DOCS', title: subject, body: guide, parentId: handbook.id, age: random.between(5, 300) });
  }

  const byTopic = new Map<string, string>();
  for (let index = 0; index < profile.size.guides - chapters.length; index += 1) {
    const topic = GUIDE_TOPICS[index % GUIDE_TOPICS.length] ?? 'Use it';
    const service =
      profile.services[(index * 3 + Math.floor(index / GUIDE_TOPICS.length)) % profile.services.length] ?? '';
    const parentId =
      byTopic.get(topic) ??
      stage.write({
        space: 'DOCS',
        title: topic,
        body: text(`${topic}, for each service.`),
        parentId: home.id,
        age: 50,
      }).id;
    byTopic.set(topic, parentId);
    const subject = `${topic}: ${service}`;
    const fileName = `${slugOf(service)}-screen-${index}.png`;
    const shown = random.chance(0.3);
    const page = stage.write({
      space: 'DOCS',
      title: `${subject}, edition ${1 + Math.floor(index / GUIDE_TOPICS.length)}`,
      body: guideBody(random, { subject, ...(shown ? { picture: image(fileName) } : {}) }),
      parentId,
      labels: ['guide'],
      age: random.between(3, 500),
    });
    if (!shown) continue;
    const file = { title: fileName, mediaType: 'image/png', fileSize: random.between(20_000, 400_000) };
    world.addAttachment(page.id, { ...file, by: page.authorId, at: stage.ago(520) });
  }
}
