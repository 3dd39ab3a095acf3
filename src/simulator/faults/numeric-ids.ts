import { defineFault } from './define-fault.ts';

/** Ids as JSON numbers with all their digits, however many; only the keys that hold ids of content and spaces. */
export default defineFault({
  id: 'numeric-ids',
  about: 'Ids come as numbers where they came as strings before, also beyond 2^53.',
  defaults: {},
  answer: ({ real }) => {
    const answer = real();
    return { ...answer, body: answer.body.replaceAll(/"(id|spaceId|parentId|pageId|homepageId)":"(\d+)"/g, '"$1":$2') };
  },
});
