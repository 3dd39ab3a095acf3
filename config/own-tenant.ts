import type { z } from 'zod';
import type { Env } from './environment.ts';
import { email, site } from './fields.ts';
import type { Layer } from './layers.ts';
import type { Problem } from './problem.ts';
import { splitRefusal } from './refusal.ts';

const NAMES = ['CONFLUENCE_SITE', 'CONFLUENCE_EMAIL', 'CONFLUENCE_API_TOKEN'] as const;

export type OwnTenant =
  | { readonly kind: 'none' }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] }
  | { readonly kind: 'tenant'; readonly tenant: Layer };

/** The one tenant that the environment alone can describe. */
export function ownTenant(env: Env): OwnTenant {
  const set = NAMES.filter((name) => (env[name]?.trim() ?? '') !== '');
  if (set.length === 0) return { kind: 'none' };
  const problems: Problem[] = NAMES.filter((name) => !set.includes(name)).map((name) => ({
    where: name,
    message: `is not set, but ${set.join(' and ')} ${set.length === 1 ? 'is' : 'are'}`,
    hint: `set ${name} too; the three together make one tenant`,
  }));
  const [siteText, emailText] = [env['CONFLUENCE_SITE']?.trim(), env['CONFLUENCE_EMAIL']?.trim()];
  const address = site.safeParse(siteText);
  const account = email.safeParse(emailText);
  if (siteText && !address.success) problems.push(refused('CONFLUENCE_SITE', address.error));
  if (emailText && !account.success) problems.push(refused('CONFLUENCE_EMAIL', account.error));
  if (problems.length > 0 || !address.success || !account.success) return { kind: 'wrong', problems };
  const auth = { type: 'basic', email: account.data, token: { env: 'CONFLUENCE_API_TOKEN' } };
  const values = { id: idOf(new URL(address.data).hostname), site: address.data, auth };
  return { kind: 'tenant', tenant: { name: 'environment', values, origin: null } };
}

function refused(where: string, error: z.ZodError): Problem {
  const said = splitRefusal(error.issues[0]?.message ?? '');
  return { where, ...(said ?? { message: 'is not valid', hint: 'correct it' }) };
}

/** `acme` for acme.atlassian.net, the whole host with dashes elsewhere. */
function idOf(host: string): string {
  const name = host.endsWith('.atlassian.net') ? host.slice(0, -'.atlassian.net'.length) : host;
  return (
    name
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 63) || 'site'
  );
}
