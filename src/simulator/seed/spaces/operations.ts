import type { Content } from '../../world/model.ts';
import { architectureBody } from '../prose/design.ts';
import { FAILURES, runbookBody, slugOf } from '../prose/runbook.ts';
import type { Stage } from '../stage.ts';
import { h, image, text, viewFile } from '../storage.ts';

/** How each runbook of a score of them is; the rest is healthy. */
const STALE = [3, 9, 16];
const AGING = [6, 13];
const WITHOUT_ITS_FILE = 11;
const TOUCHED_BY_BOT = 7;

const titleOf = (service: string, failure: string, variant: number): string =>
  [
    `${service} runbook: ${failure}`,
    `Runbook: ${failure} in ${service}`,
    `${service} playbook for ${failure}`,
    // Known as a runbook by its label only.
    `${service}: ${failure}`,
  ][variant] ?? failure;

function ageOf(stage: Stage, place: number): number {
  if (STALE.includes(place)) return stage.random.between(190, 700);
  return AGING.includes(place) ? stage.random.between(100, 165) : stage.random.between(2, 78);
}

function writeRunbook(stage: Stage, index: number, home: Content, servicePage: Content): void {
  const { world, random, crew, profile } = stage;
  const service = profile.services[index % profile.services.length] ?? profile.company;
  const round = Math.floor(index / profile.services.length);
  const variant = (round + (index % profile.services.length)) % 4;
  const turn = round + 4 * (index % profile.services.length);
  const mode = FAILURES[turn % FAILURES.length];
  if (mode === undefined) return;
  const place = index % 20;
  const owner = stage.someone();
  const pictured = place === WITHOUT_ITS_FILE || random.chance(0.35);
  const fileName = random.chance(0.7) ? `${slugOf(service)}-overview.png` : `${slugOf(service)}-contacts.pdf`;
  const isPicture = fileName.endsWith('.png');
  const picture = isPicture ? image(fileName) : viewFile(fileName);
  const page = stage.write({
    space: 'OPS',
    title: titleOf(service, mode.name, variant),
    body: runbookBody(random, {
      service,
      mode,
      owner: owner.accountId,
      ...(pictured ? { picture } : {}),
      ...(random.chance(0.3) ? { related: home.title } : {}),
    }),
    parentId: servicePage.id,
    labels: [
      slugOf(service),
      ...(variant === 3 || random.chance(0.5) ? ['runbook'] : []),
      ...(place === 0 ? ['tier1'] : []),
    ],
    age: ageOf(stage, place),
    owner,
  });
  if (pictured && place !== WITHOUT_ITS_FILE) {
    world.addAttachment(page.id, {
      title: fileName,
      mediaType: isPicture ? 'image/png' : 'application/pdf',
      fileSize: random.between(9_000, 900_000),
      by: owner.accountId,
      at: stage.ago(300),
    });
  }
  if (place === TOUCHED_BY_BOT) {
    world.editPage(page.id, { by: crew.bot.accountId, at: stage.ago(0), message: 'Updated the service table' });
  }
}

/** The operations space: a page for each service in a folder, its runbooks below. */
export function fillOperations(stage: Stage): void {
  const { world, random, profile } = stage;
  const founder = stage.someone();
  world.addSpace({ key: 'OPS', name: 'Operations', by: founder.accountId, at: stage.ago(1500) });
  const home = world.addHomepage({
    space: 'OPS',
    title: `${profile.company} operations`,
    body: h(1, 'Operations') + text(`How ${profile.company} keeps its ${profile.trade} running.`),
    by: founder.accountId,
    at: stage.ago(1500),
  });
  const services = world.addFolder({
    space: 'OPS',
    title: 'Services',
    by: founder.accountId,
    at: stage.ago(1400),
    parentId: home.id,
  });
  const pages = profile.services.map((service) =>
    stage.write({
      space: 'OPS',
      title: `${service} service page`,
      body: architectureBody(random, { service, aspect: 'What it depends on' }),
      parentId: services.id,
      age: random.between(5, 300),
      labels: ['service', slugOf(service)],
    }),
  );
  for (let index = 0; index < profile.size.runbooks; index += 1) {
    writeRunbook(stage, index, home, pages[index % pages.length] ?? home);
  }
}
