import { defineFault } from './define-fault.ts';
import { changed } from '../list-answer.ts';

interface Labelled {
  readonly metadata?: { readonly labels?: { readonly results?: readonly unknown[] } };
}

/** CONFCLOUD-71415: the size that the answer tells is that of the short list. */
export default defineFault<{ from: number; to: number }>({
  id: 'labels-cut',
  about: 'A search shows 196 of 200 labels without a sign.',
  defaults: { from: 200, to: 196 },
  answer: ({ real }, { from, to }) =>
    changed(real(), ({ results, next }) => ({
      next,
      results: results.map((row) => {
        const labels = (row as Labelled).metadata?.labels;
        if (labels?.results === undefined || labels.results.length < from) return row;
        return { ...row, metadata: { labels: { ...labels, results: labels.results.slice(0, to), size: to } } };
      }),
    })),
});
