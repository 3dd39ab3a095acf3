import { defineFault } from './define-fault.ts';

/** Ids as JSON numbers with all their digits, however many; only the keys that hold ids of content and spaces. `digitsBefore` makes them longer. */
export default defineFault<{ digitsBefore: string }>({
  id: 'numeric-ids',
  about: 'Ids come as numbers where they came as strings before, also beyond 2^53.',
  defaults: { digitsBefore: '' },
  answer: ({ real }, { digitsBefore }) => {
    const answer = real();
    return {
      ...answer,
      body: answer.body.replaceAll(/"(id|spaceId|parentId|pageId|homepageId)":"(\d+)"/g, `"$1":${digitsBefore}$2`),
    };
  },
});
