import { defineFault } from './define-fault.ts';

interface List {
  readonly results: readonly Readonly<Record<string, unknown>>[];
}

/** One item of a list comes damaged; `spoil` says how, `which` picks it (the first by itself). */
export default defineFault<{
  which: (item: Readonly<Record<string, unknown>>, index: number) => boolean;
  spoil: (item: Readonly<Record<string, unknown>>) => unknown;
}>({
  id: 'bad-item',
  about: 'A list is fine but for one item, which lacks what it needs or is no object at all.',
  defaults: { which: (_item, index) => index === 0, spoil: (item) => ({ ...item, version: undefined }) },
  answer: ({ real }, { which, spoil }) => {
    const answer = real();
    const list = JSON.parse(answer.body) as List;
    return {
      ...answer,
      body: { ...list, results: list.results.map((item, at) => (which(item, at) ? spoil(item) : item)) },
    };
  },
});
