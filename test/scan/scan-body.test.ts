import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/domain/body-facts.ts';
import { createKeywordFilter } from '../../src/scan/keywords.ts';
import { createBodyScans } from '../../src/scan/scan-body.ts';
import { jwt, OWN_SAMPLES, PROVIDER_SAMPLES } from './samples.ts';

const key = new Uint8Array(32).fill(7);
const scansOf = createBodyScans({ key });
const scan = scansOf('acme');
const kinds = async (text: string) => (await scan(text)).map(({ type }) => type);
const find = (storage: string) => kinds(readBody(storage).text);
const [github = ''] = PROVIDER_SAMPLES['github'] ?? [];

const pairs = (samples: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(samples).flatMap(([name, texts]) => texts.map((text) => [name, text] as const));

describe('the search for secrets', () => {
  // gcp reads files, and filter-comments is switched off.
  it('has a sample for every rule of the preset, so that the keywords keep up with it', () => {
    const ids = rules.map((rule) => rule.meta.id.replace('@secretlint/secretlint-rule-', ''));
    expect(ids.filter((id) => id !== 'gcp' && id !== 'filter-comments').toSorted()).toEqual(
      Object.keys(PROVIDER_SAMPLES).toSorted(),
    );
  });

  it.each(pairs(PROVIDER_SAMPLES))('finds what the rule %s knows', async (_, text) => {
    const marks = await scan(`Some words first.\n${text}\nand some after.`);
    expect(marks).toMatchObject([{ line: 2, certain: true, hash: expect.stringMatching(/^[0-9a-f]{16}$/) }]);
    expect(JSON.stringify(marks)).not.toContain(text.slice(-16));
  });

  it.each(pairs(OWN_SAMPLES))('finds a %s', async (type, text) => {
    expect(await scan(`a\nb\n${text}`)).toMatchObject([{ type, line: 3, certain: type !== 'password' }]);
  });

  it('suspects every text that holds a sample, whatever surrounds it', () => {
    const suspects = createKeywordFilter();
    const anything = fc.string({ unit: 'binary', maxLength: 60 });
    const sample = fc.constantFrom(
      ...pairs(PROVIDER_SAMPLES).map(([, text]) => [text, 'providers'] as const),
      ...pairs(OWN_SAMPLES).map(([, text]) => [text, 'own'] as const),
    );
    fc.assert(
      fc.property(anything, sample, anything, (before, [text, kind], after) => {
        expect(suspects(`${before} ${text} ${after}`)[kind]).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [
      'the sample keys of Amazon',
      'AKIAIOSFODNN7EXAMPLE and aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    ],
    ['another one of them', 'secret_access_key: je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY'],
    ['a row of the same letter', `AKIA${'X'.repeat(16)} and ghp_${'x'.repeat(36)}`],
    ['a host that exists for examples', 'postgres://svc:Tr0ub4dor@db.example.com:5432/a'],
    ['the sample token of jwt.io', jwt({ sub: '1234567890', name: 'John Doe' })],
    ['a token that lasted for an hour', jwt({ sub: 'robot', iat: 1_700_000_000, exp: 1_700_003_600 })],
    ['the name of a secret', 'secret: payments/db-main-2024 and password: Kubernetes/payments-db2'],
    ['a variable', 'password=${DB_PASSWORD_MAIN} and PASSWORD: $(vault read x) and secret={{ vault.Key1 }}'],
    ['a stand-in', 'password: <Your-Passw0rd!> and api_key=CHANGEME-1aB! and token'],
    ['advice', 'The password: at least 12 characters. Ask for the access token; secrets lie in the vault.'],
    ['a pasted address', 'See https://wiki.corp.net/display/OPS/Secrets:Rotation@2024 for the passwords.'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
    ['nothing', ''],
  ])('leaves %s alone', async (_, text) => {
    expect(await scan(text)).toEqual([]);
  });

  it('does not let a page switch it off', async () => {
    expect(await kinds(`secretlint-disable\n${github}`)).toEqual(['github-token']);
  });

  it('counts an equal secret once, and others by themselves', async () => {
    const [other = ''] = PROVIDER_SAMPLES['gitlab'] ?? [];
    expect(await kinds(`${github}\n${github}\n${other}`)).toEqual(['github-token', 'gitlab-token']);
  });

  it('calls a token by its kind where a word calls it a password too', async () => {
    expect(await scan(`api_key = ${github}`)).toMatchObject([{ type: 'github-token', certain: true }]);
  });

  it('hashes under a key of its own for each tenant', async () => {
    const [one, again, other, elsewhere] = await Promise.all([
      scan(github),
      scansOf('acme')(github),
      scansOf('globex')(github),
      createBodyScans({ key: new Uint8Array(32) })('acme')(github),
    ]);
    expect(again).toEqual(one);
    expect(new Set([one, other, elsewhere].map((marks) => marks[0]?.hash)).size).toBe(3);
  });

  it('keeps lines right behind a byte order mark', async () => {
    expect(await scan(`\uFEFFa\n${github}`)).toMatchObject([{ line: 2 }]);
  });

  it('finds a secret however the editor wrapped it', async () => {
    const [pem = ''] = PROVIDER_SAMPLES['privatekey'] ?? [];
    expect(await find(`<p>${pem.replaceAll('\n', '<br/>')}</p>`)).toEqual(['private-key']);
    expect(
      await find(
        pem
          .split('\n')
          .map((line) => `<p>${line}</p>`)
          .join(''),
      ),
    ).toEqual(['private-key']);
    expect(await find(`<ac:plain-text-body><![CDATA[${pem}]]></ac:plain-text-body>`)).toEqual(['private-key']);
    expect(await find('<p><a href="https://svc:Tr0ub4dor9@git.corp.net/a">code</a></p>')).toEqual(['password-in-url']);
    expect(await find('<table><tr><th><p>Password</p></th><td><p>q7#Lm2!vT9&amp;x</p></td></tr></table>')).toEqual([
      'password',
    ]);
    expect(await find('<ac:parameter ac:name="url">postgres://svc:Tr0ub4dor9@db.corp.net/a</ac:parameter>')).toEqual([
      'password-in-url',
    ]);
  });

  it('takes time in proportion to the text', async () => {
    const traps = ['password=', 'eyJ', 'https://a:', '://', 'secret:"', 'AKIA', '-----BEGIN PRIVATE KEY-----\n'];
    const started = performance.now();
    for (const trap of traps) await scan(trap.repeat(Math.ceil(300_000 / trap.length)));
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
