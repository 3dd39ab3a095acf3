import { AuditError } from '../domain/errors.ts';

/** The keys that open what is sealed, by id; the first one seals. */
export interface KeyRing {
  readonly sealingId: string;
  readonly keys: ReadonlyMap<string, Buffer>;
}

const ENTRY = /^([A-Za-z0-9_-]{1,64}):([A-Za-z0-9+/]{43}=?)$/;

/** Reads `id:base64,…`, also one entry a line. Throws `config-invalid`, without repeating anything of the text. */
export function parseKeyRing(text: string): KeyRing {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  const keys = new Map<string, Buffer>();
  for (const [index, entry] of entries.entries()) {
    const [, id = '', key = ''] = ENTRY.exec(entry) ?? [];
    if (id === '') throw invalid(`entry ${index + 1} is not an id, a colon and 32 bytes in base64`);
    if (keys.has(id)) throw invalid(`the id of entry ${index + 1} comes twice`);
    keys.set(id, Buffer.from(key, 'base64'));
  }
  const [sealingId] = keys.keys();
  if (sealingId === undefined) throw invalid('there is no key in it');
  return { sealingId, keys };
}

const invalid = (why: string): AuditError => new AuditError('config-invalid', `The key ring cannot be used: ${why}.`);
