import { defineFault } from './define-fault.ts';
import { changed, withCursor } from '../list-answer.ts';

/** Only lists by id are cut: their cursors can be told from their rows. `lowered` also puts the smaller limit into the link. */
export default defineFault<{ rows: number; lowered: boolean }>({
  id: 'short-pages',
  about: 'List pages hold fewer rows than asked for although more follow.',
  defaults: { rows: 100, lowered: false },
  answer: ({ real }, { rows, lowered }) =>
    changed(real(), ({ results, next }) => {
      const last = results[rows - 1];
      if (next === null || last === undefined) return { results, next };
      const place = { id: last['id'], contentOrderValue: Number(last['id']) };
      const shorter = withCursor(next, (cursor) => ({ ...cursor, ...place }), lowered ? rows : undefined);
      return { results: results.slice(0, rows), next: shorter };
    }),
});
