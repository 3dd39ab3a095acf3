import { defineFault } from './define-fault.ts';

interface List {
  readonly _links?: { readonly next?: string };
}

/** Rewrites the link to the next page in body and header; a last page has none and stays as it is. */
export default defineFault<{ rewrite: (next: string) => string }>({
  id: 'odd-next',
  about: 'The link to the next page lacks /wiki, has its parameters in another order, or points to another host.',
  defaults: { rewrite: (next) => next.replace(/^\/wiki/, '') },
  answer: ({ real }, { rewrite }) => {
    const answer = real();
    const list = JSON.parse(answer.body) as List;
    const next = list._links?.next;
    if (next === undefined) return answer;
    const { link: _, ...headers } = answer.headers;
    return { ...answer, headers, body: { ...list, _links: { ...list._links, next: rewrite(next) } } };
  },
});
