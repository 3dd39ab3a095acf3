import type { Stage } from '../stage.ts';
import { bullets, foreignImage, image, text, viewFile } from '../storage.ts';
import { type Traps, writeTrap } from './trap.ts';

const FILES = [
  { title: 'tool.exe', mediaType: 'application/x-msdownload', fileSize: 4_194_304 },
  { title: 'cluster-sizing.xlsm', mediaType: 'application/vnd.ms-excel.sheet.macroenabled.12', fileSize: 88_123 },
  { title: 'handover.docm', mediaType: 'application/vnd.ms-word.document.macroenabled.12', fileSize: 41_200 },
  // The name says one thing, the type another.
  { title: 'notes.pdf', mediaType: 'application/x-msdownload', fileSize: 733_184 },
  { title: 'plan.pdf', mediaType: 'application/pdf', fileSize: 120_400 },
];

/** Files that are missing, elsewhere, or dangerous. */
export function addFileTraps(stage: Stage): Traps {
  const { world } = stage;
  const by = stage.someone().accountId;

  const missing = writeTrap(stage, {
    title: 'Runbook: escalation tree',
    age: 40,
    labels: ['runbook'],
    picture: image('escalation-tree.png'),
  });
  const removed = { title: 'escalation-tree.png', mediaType: 'image/png', fileSize: 61_000, by, at: stage.ago(500) };
  world.removeAttachment(world.addAttachment(missing.id, removed).id);

  const plans = stage.write({
    space: 'OPS',
    title: 'Network plans',
    body: image('core-network.png') + text('The plan is redrawn twice a year.'),
    parentId: world.space('OPS').homepageId,
    age: 45,
  });
  world.addAttachment(plans.id, {
    title: 'core-network.png',
    mediaType: 'image/png',
    fileSize: 402_000,
    by,
    at: stage.ago(50),
  });
  const foreign = writeTrap(stage, {
    title: 'Runbook: core switch replacement',
    age: 22,
    picture: foreignImage('core-network.png', 'Network plans'),
  });

  const toolbox = stage.write({
    space: 'OPS',
    title: 'Toolbox of the night shift',
    body: viewFile('plan.pdf') + bullets(FILES.map((file) => file.title)),
    parentId: world.space('OPS').homepageId,
    age: 61,
  });
  for (const file of FILES) world.addAttachment(toolbox.id, { ...file, by, at: stage.ago(61) });

  return {
    missingAttachment: missing.id,
    foreignAttachment: foreign.id,
    attachmentHome: plans.id,
    dangerousFiles: toolbox.id,
  };
}
