import { newestVersion } from '../world/model.ts';
import { defineFault } from './define-fault.ts';

/** In a list by date the page jumps to the front, past the cursor. */
export default defineFault<{ pageId: string }>({
  id: 'moves-while-listed',
  about: 'Somebody edits a page right after a list page was answered.',
  defaults: { pageId: '' },
  answer: ({ real, world, now }, { pageId }) => {
    const answer = real();
    const page = world.content(pageId);
    world.editPage(pageId, { by: page.authorId, at: now, body: `${newestVersion(page).body}<p>Moved.</p>` });
    return answer;
  },
});
