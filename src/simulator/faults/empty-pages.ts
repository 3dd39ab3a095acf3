import { defineFault } from './define-fault.ts';
import { changed, parameter, withCursor } from '../list-answer.ts';

/** The rows come one page later: the link of the empty page leads to the same place by another cursor. */
export default defineFault({
  id: 'empty-pages',
  about: 'A list page in the middle has a link to the next one and no rows (seen by Onyx).',
  defaults: {},
  answer: ({ request, real, n }) => {
    if (parameter(request, 'cursor') === null) return real();
    return changed(real(), () => ({
      results: [],
      next: withCursor(request.target, (cursor) => ({ ...cursor, empty: n })),
    }));
  },
});
