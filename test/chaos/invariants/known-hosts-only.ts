import type { Invariant } from './invariant.ts';

export const knownHostsOnly: Invariant = {
  id: 'I6',
  promise: 'no request goes to a host that is not the tenant’s, and none that the site does not know',
  broken: ({ calls, sites }) => {
    const known = new Set([...sites.values()].map(({ url }) => url));
    return [
      ...calls.filter(({ origin }) => !known.has(origin)).map(({ origin }) => `a request went to ${origin}`),
      ...[...sites.values()].flatMap(({ refused }) =>
        refused.map(({ method, path, why }) => `${method} ${path}: ${why}`),
      ),
    ];
  },
};
