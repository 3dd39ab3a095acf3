import { describe, expect, it } from 'vitest';
import { parseKeyRing } from '../../src/vault/key-ring.ts';
import { createVault, type SealContext } from '../../src/vault/vault.ts';

const key = (fill: number): string => Buffer.alloc(32, fill).toString('base64');
const vaultOf = (ring: string) => createVault(parseKeyRing(ring));
const CONTEXT: SealContext = {
  tenantId: 'acme',
  site: 'https://acme.atlassian.net',
  credentialId: 'sign-in',
  purpose: 'oauth-grant',
};
const SECRET = 'canary-grant-91d2 ✓';
const broken = expect.objectContaining({ code: 'seal-broken' });

describe('a vault', () => {
  const vault = vaultOf(`k1:${key(1)}`);
  const { envelope } = vault.seal(SECRET, CONTEXT);

  it('opens what it sealed, and shows nothing of it', () => {
    expect(vault.open(envelope, CONTEXT)).toBe(SECRET);
    expect(envelope).toMatch(/^v1\.k1\./);
    expect(Buffer.from(envelope.split('.')[3] ?? '', 'base64url').toString('utf8')).not.toContain('canary');
  });

  it('seals the same secret differently each time', () => {
    expect(vault.seal(SECRET, CONTEXT).envelope).not.toBe(envelope);
  });

  it.each<keyof SealContext>(['tenantId', 'site', 'credentialId', 'purpose'])(
    'does not open for another %s',
    (name) => {
      expect(() => vault.open(envelope, { ...CONTEXT, [name]: 'other' })).toThrow(broken);
    },
  );

  it('does not take one division of the words for another', () => {
    const moved = { ...CONTEXT, credentialId: 'sign-in","oauth-grant', purpose: '' };
    expect(() => vault.open(envelope, moved)).toThrow(broken);
  });

  it('does not open when any bit is flipped', () => {
    const parts = envelope.split('.');
    for (const part of [2, 3, 4]) {
      const bytes = Buffer.from(parts[part] ?? '', 'base64url');
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const forged = parts.with(part, changed.toString('base64url')).join('.');
        expect(() => vault.open(forged, CONTEXT)).toThrow(broken);
      }
    }
  });

  it.each([
    ['a shorter tag', (parts: string[]) => parts.with(4, Buffer.alloc(12).toString('base64url'))],
    ['no initial value', (parts: string[]) => parts.with(2, '')],
    ['no text', (parts: string[]) => parts.slice(0, 3)],
    ['another version', (parts: string[]) => parts.with(0, 'v2')],
    ['nothing', () => ['']],
  ])('does not open %s', (_, forge) => {
    expect(() => vault.open(forge(envelope.split('.')).join('.'), CONTEXT)).toThrow(broken);
  });

  it('says so when the key is not there, and opens nothing with another key of the same id', () => {
    expect(() => vaultOf(`k2:${key(2)}`).open(envelope, CONTEXT)).toThrow(/a key that is not in the ring/);
    expect(() => vaultOf(`k1:${key(2)}`).open(envelope, CONTEXT)).toThrow(/damaged, or sealed for another/);
  });

  it('opens with every key of the ring and seals with the first', () => {
    const later = vaultOf(`k2:${key(2)},k1:${key(1)}`);
    expect(later.open(envelope, CONTEXT)).toBe(SECRET);
    expect(later.seal(SECRET, CONTEXT)).toMatchObject({ keyId: 'k2' });
  });
});

describe('a key ring', () => {
  it('may have an entry a line', () => {
    expect([...parseKeyRing(`a:${key(1)}\nb:${key(2)}\n`).keys.keys()]).toEqual(['a', 'b']);
  });

  it.each([
    ['nothing', ''],
    ['no id', key(1)],
    ['a short key', `k1:${Buffer.alloc(16).toString('base64')}`],
    ['a long key', `k1:${Buffer.alloc(48).toString('base64')}`],
    ['a passphrase', 'k1:correct horse'],
    ['an id twice', `k1:${key(1)},k1:${key(2)}`],
  ])('refuses %s without repeating it', (_, text) => {
    const refused = (): unknown => parseKeyRing(text);
    expect(refused).toThrow(expect.objectContaining({ code: 'config-invalid' }));
    expect(refused).not.toThrow(/horse|AQEB/);
  });
});
