import { v1NotFound } from '../api/answers.ts';
import { defineFault } from './define-fault.ts';

/** CONFCLOUD-77618: searches that would not find the page are answered. */
export default defineFault<{ pageId: string }>({
  id: 'search-refuses',
  about: 'A search with restrictions fails as a whole because of one page among its results.',
  defaults: { pageId: '' },
  answer: ({ real }, { pageId }) => {
    const answer = real();
    return answer.body.includes(`"id":"${pageId}"`) ? v1NotFound(pageId) : answer;
  },
});
