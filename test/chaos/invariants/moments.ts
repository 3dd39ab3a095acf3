import type { Facts } from '../facts.ts';
import { wikiOf } from '../theatre.ts';
import type { Wiki } from '../wiki.ts';

/** What was known right after each complete run, with the shift it belonged to. */
export const momentsOf = ({ notes }: Facts) =>
  notes.flatMap(({ shift, moments }) => moments.map((moment) => ({ shift, ...moment })));

/** The wiki that a tenant looks at. */
export function wikiIn({ wikis }: Facts, tenant: string): Wiki {
  const wiki = wikis.find(({ name }) => name === wikiOf(tenant));
  if (wiki === undefined) throw new Error(`no wiki of ${tenant}`);
  return wiki;
}
