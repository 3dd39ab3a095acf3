import { describe, expect, it } from 'vitest';
import { problemsOf } from './workshop.ts';

const SECRET = 'ATATT3xFfGF0-s3cr3t_VALUE';
const auth = (token: string) =>
  `tenants: [{ id: acme, site: https://acme.atlassian.net, auth: { type: basic, email: a@b.example, token: ${token} } }]`;

describe('a secret in the wrong place is refused and never repeated', () => {
  it.each([
    ['as plain text', auth(SECRET)],
    ['as the name of a variable', auth(`{ env: "${SECRET}" }`)],
    ['as an unknown key', auth(`{ env: A, "${SECRET}": 1 }`)],
    ['under an unknown key', auth(`{ value: "${SECRET}" }`)],
    ['in a list', auth(`["${SECRET}"]`)],
    ['as a tenant id', `tenants: [{ id: "${SECRET}" }]`],
    ['as the kind of auth', `tenants: [{ id: a, site: https://a.example, auth: { type: "${SECRET}" } }]`],
    ['as auth itself', `tenants: [{ id: a, site: https://a.example, auth: "${SECRET}" }]`],
    ['in the address of the site', `tenants: [{ id: a, site: "https://me:${SECRET}@a.example" }]`],
    ['behind the address of the site', `tenants: [{ id: a, site: "https://a.example/?token=${SECRET}" }]`],
    ['as an e-mail address', `tenants: [{ id: a, auth: { type: basic, email: "${SECRET}" } }]`],
    ['as a mode', `defaults: { mode: "${SECRET}" }`],
    ['beside a broken line', `token: ${SECRET}: x\n\t- ${SECRET}`],
    ['as an alias', `token: *${SECRET}`],
    ['as a tag', `token: !${SECRET} x`],
    ['in an open quote', `token: "${SECRET}`],
    ['as a stray scalar', `tenants: []\n${SECRET}`],
    ['as a doubled key', `a: { "${SECRET}": 1, "${SECRET}": 2 }`],
  ])('%s', (_, text) => {
    const problems = problemsOf(text);
    expect(problems).not.toEqual([]);
    expect(JSON.stringify(problems)).not.toContain(SECRET);
  });

  it('says why a plain secret is refused, and what to write', () => {
    expect(problemsOf(auth(SECRET))).toEqual([
      {
        where: 'config/audit.yaml: tenants[0].auth.token',
        message: 'must say where the secret lies; the secret itself must not stand in the file',
        hint: 'write { env: NAME }, { file: PATH }, { command: [PROGRAM, ARGUMENT] } or sealed',
      },
    ]);
  });

  it('holds for the environment too', () => {
    const env = {
      DATABASE_URL: `mysql://u:${SECRET}@db/x`,
      METRICS_PORT: SECRET,
      ATLASSIAN_API_BASE: `https://u:${SECRET}@api.example`,
      ATLASSIAN_AUTH_BASE: SECRET,
      CONFLUENCE_SITE: `https://u:${SECRET}@acme.atlassian.net`,
      CONFLUENCE_EMAIL: SECRET,
      CONFLUENCE_API_TOKEN: SECRET,
    };
    const problems = problemsOf({}, env);
    expect(problems.map(({ where }) => where)).toEqual(Object.keys(env).filter((name) => !name.endsWith('TOKEN')));
    expect(JSON.stringify(problems)).not.toContain(SECRET);
  });
});
