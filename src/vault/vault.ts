import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AuditError } from '../domain/errors.ts';
import type { KeyRing } from './key-ring.ts';

/** What a secret is sealed for; with any other words it does not open, so a row moved elsewhere is worth nothing. */
export interface SealContext {
  readonly tenantId: string;
  readonly site: string;
  readonly credentialId: string;
  readonly purpose: string;
}

interface Sealed {
  /** `v1.KEY.IV.TEXT.TAG`, the last three in base64url. */
  readonly envelope: string;
  readonly keyId: string;
}

export interface Vault {
  seal(secret: string, context: SealContext): Sealed;
  /** Throws `seal-broken`, with one sentence for every cause but a key that is not there. */
  open(envelope: string, context: SealContext): string;
}

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under the keys of a ring (NIST SP 800-38D): a fresh random IV for each secret, its context authenticated. */
export function createVault({ sealingId, keys }: KeyRing): Vault {
  return {
    seal(secret, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, keys.get(sealingId) as Buffer, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(wordsOf(context));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const parts = [iv, text, cipher.getAuthTag()].map((part) => part.toString('base64url'));
      return { envelope: [VERSION, sealingId, ...parts].join('.'), keyId: sealingId };
    },
    open(envelope, context) {
      const [version, keyId = '', ...parts] = envelope.split('.');
      const key = keys.get(keyId);
      if (version === VERSION && key === undefined) {
        throw broken(context, 'it was sealed with a key that is not in the ring');
      }
      const [iv, text, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
      try {
        if (
          version !== VERSION ||
          key === undefined ||
          iv?.length !== IV_BYTES ||
          tag?.length !== TAG_BYTES ||
          text === undefined
        ) {
          throw new Error('not an envelope');
        }
        const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
        decipher.setAAD(wordsOf(context));
        decipher.setAuthTag(tag);
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
      } catch {
        // No cause: whether key, context or bytes are wrong is nobody's business but the operator's.
        throw broken(context, 'it was damaged, or sealed for another tenant, site or key');
      }
    },
  };
}

/** JSON of a list: no two contexts have the same bytes. */
const wordsOf = ({ tenantId, site, credentialId, purpose }: SealContext): Buffer =>
  Buffer.from(JSON.stringify([VERSION, tenantId, site, credentialId, purpose]), 'utf8');

const broken = ({ tenantId, purpose }: SealContext, why: string): AuditError =>
  new AuditError('seal-broken', `The ${purpose} of tenant ${tenantId} does not open: ${why}.`);
