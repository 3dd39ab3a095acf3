import { originOf, wikiOf } from '../theatre.ts';
import type { Invariant } from './invariant.ts';

export const tenantsApart: Invariant = {
  id: 'I4',
  promise: 'no row, request or log line of one tenant tells of another',
  broken: (facts) => [
    ...facts.inspection.strays.map((table) => `rows of ${table} tell of another tenant`),
    ...facts.calls.flatMap(({ origin, authorization }) => {
      const wiki = facts.wikis.find(({ name }) => origin.startsWith(originOf(name).replace('.atlassian.net', '')));
      if (wiki === undefined) return [];
      const own = `Basic ${Buffer.from(`${wiki.email}:${wiki.token}`).toString('base64')}`;
      return authorization === own ? [] : [`a request to ${origin} was signed as somebody else`];
    }),
    ...facts.log.flatMap((line) => {
      const { tenant } = JSON.parse(line) as { tenant?: string };
      const others = facts.wikis.filter(({ name }) => tenant !== undefined && name !== wikiOf(tenant));
      return others.some(({ name }) => line.includes(name)) ? [`a log line of ${tenant} tells of another tenant`] : [];
    }),
  ],
};
