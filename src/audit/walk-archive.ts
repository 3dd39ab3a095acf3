import { asAuditError } from '../domain/errors.ts';
import { SPACES } from '../domain/list-sizes.ts';
import { upsertShelved } from '../store/shelved-pages.ts';
import type { Night } from './night.ts';
import { toTheEnd, walkList, walkOver } from './walk-list.ts';
import type { Walked } from './walk-pages.ts';

const SHELVED: readonly string[] = ['archived', 'trashed'];

/**
 * Lists the archived and trashed pages of the spaces that are listed in full, so that what links to them is told from what links to
 * nothing. They are judged by no rule: the name of this walk is none of those whose ids are. Where the list is refused or breaks off,
 * what is known from before holds.
 */
export async function walkArchive(night: Night, { full }: Walked): Promise<void> {
  for (let start = 0; start < full.length; start += SPACES.perList) {
    const spaceIds = full.slice(start, start + SPACES.perList).map((space) => space.id);
    try {
      await toTheEnd(night, 'The archive', () => walkGroup(night, spaceIds));
    } catch (error) {
      const code = asAuditError(error)?.code;
      if (code !== 'forbidden' && code !== 'not-found') throw error;
      night.log.info('The archive could not be listed; what is known of it holds', { code });
    }
  }
}

const walkGroup = (night: Night, spaceIds: readonly string[]): Promise<void> =>
  walkList(
    night,
    walkOver('archive', spaceIds),
    (at) => night.confluence.pagesInSpaces({ spaceIds, statuses: SHELVED, ...at }),
    async (tx, pages) => {
      const shelved = pages.filter((page) => SHELVED.includes(page.status));
      await upsertShelved(tx, { runId: night.run.runId, pages: shelved });
      return shelved.map((page) => page.id);
    },
  );
