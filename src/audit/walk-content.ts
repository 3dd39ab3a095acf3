import { classify } from './classify.ts';
import type { Night } from './night.ts';
import type { Listing } from './plan-listing.ts';
import { readWatched } from './read-watched.ts';
import { both } from './side-by-side.ts';
import { beginsEarly, settleAttachments, walkAttachments } from './walk-attachments.ts';
import { walkFolders } from './walk-folders.ts';
import { walkLabels } from './walk-labels.ts';
import { type Walked, walkPages } from './walk-pages.ts';

/** Lists the pages, reads the labels and restrictions that matter, and lists the attachments of the site: beside that where they are many. */
export async function walkContent(night: Night, listing: Listing): Promise<Walked> {
  const files = async (): Promise<boolean> => night.needs.has('attachments') && walkAttachments(night, listing);
  const labelled = async (): Promise<Walked> => {
    const walked = await walkPages(night, listing);
    await readLabels(night, walked, listing);
    return walked;
  };
  const [walked, listed] = beginsEarly(night, listing)
    ? await both(labelled, files)
    : ([await labelled(), await files()] as const);
  if (listed) await settleAttachments(night, listing);
  return walked;
}

async function readLabels(night: Night, walked: Walked, listing: Listing): Promise<void> {
  const labels = await walkLabels(night, walked, listing);
  // Which pages are runbooks says whose labels matter, and these whether they are.
  await classify(night);
  if (night.needs.has('restrictions')) await walkFolders(night, walked);
  await readWatched(night, labels);
}
