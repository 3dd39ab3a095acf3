import { defineFault } from './define-fault.ts';
import { changed } from '../list-answer.ts';

/** Nothing in the answer says so; the rows are all there, some of them twice. */
export default defineFault({
  id: 'long-pages',
  about: 'A list page holds more rows than asked for, among them rows that it has already.',
  defaults: {},
  answer: ({ real }) => changed(real(), ({ results, next }) => ({ results: [...results, ...results], next })),
});
