import { shelf } from '../audit/shelf.ts';
import type { SimulatedClock } from '../simulated-clock.ts';

const LABELS_ON_A_PAGE = 100;

/** A shelf of two runbooks, with so many files on one page, labels, pages one below the other, and spaces beside it. */
export function largeSite(
  clock: SimulatedClock,
  size: { readonly files: number; readonly labels: number; readonly depth: number; readonly spaces: number },
) {
  const { world, ann, home, labelled, stale } = shelf(clock, { runbooks: 2 });
  const at = clock.ago(20);
  const page = (title: string, parentId: string): string =>
    world.addPage({ space: 'OPS', title, by: ann, at, parentId, body: '<p>So.</p>' }).id;
  for (let n = 0; n < size.files; n += 1) {
    world.addAttachment(home, { title: `plan ${n}.png`, mediaType: 'image/png', fileSize: n, by: ann, at });
  }
  const carriers = size.labels / LABELS_ON_A_PAGE;
  for (let n = 0; n < carriers; n += 1) {
    const id = page(`Labelled ${n}`, home);
    for (let m = 0; m < LABELS_ON_A_PAGE; m += 1) world.addLabel(id, `label-${n}-${m}`, ann);
  }
  let deepest = home;
  for (let n = 0; n < size.depth; n += 1) deepest = page(`Level ${n}`, deepest);
  for (let n = 0; n < size.spaces; n += 1) world.addSpace({ key: `S${n}`, name: `Space ${n}`, by: ann, at });
  return { world, labelled, stale, pages: 3 + carriers + size.depth, spaces: 2 + size.spaces };
}
