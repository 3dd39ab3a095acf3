import { defineFault } from './define-fault.ts';
import { changed } from '../list-answer.ts';

/** Who only follows links reads the same list page for ever. */
export default defineFault({
  id: 'cursor-repeats',
  about: 'The link to the next page is the address that was just asked for.',
  defaults: {},
  answer: ({ request, real }) =>
    changed(real(), ({ results, next }) => ({
      results,
      next: request.target.includes('cursor=') ? request.target : next,
    })),
});
