import { asAuditError } from '../domain/errors.ts';
import type { Space } from '../domain/inventory.ts';
import { SPACES } from '../domain/list-sizes.ts';
import { upsertShelved } from '../store/shelved-pages.ts';
import type { Night } from './night.ts';
import { walkList } from './walk-list.ts';

const SHELVED: readonly string[] = ['archived', 'trashed'];

/**
 * Lists the archived and trashed pages of the spaces, so that what links to them is told from what links to nothing. They are
 * judged by no rule: the name of this walk is none of those whose ids are. Where the list is refused, what is known from before holds.
 */
export async function walkArchive(night: Night, walked: readonly Space[]): Promise<void> {
  for (let start = 0; start < walked.length; start += SPACES.perList) {
    const spaceIds = walked.slice(start, start + SPACES.perList).map((space) => space.id);
    try {
      await walkGroup(night, spaceIds);
    } catch (error) {
      const code = asAuditError(error)?.code;
      if (code !== 'forbidden' && code !== 'not-found') throw error;
      night.log.info('The archive could not be listed; what is known of it holds', { code });
    }
  }
}

async function walkGroup(night: Night, spaceIds: readonly string[]): Promise<void> {
  await walkList(
    night,
    `archive:${spaceIds[0]}+${spaceIds.length}`,
    (cursor) => night.confluence.pagesInSpaces({ spaceIds, statuses: SHELVED, cursor }),
    async (tx, pages) => {
      const shelved = pages.filter((page) => SHELVED.includes(page.status));
      await upsertShelved(tx, { runId: night.run.runId, pages: shelved });
      return shelved.map((page) => page.id);
    },
  );
}
