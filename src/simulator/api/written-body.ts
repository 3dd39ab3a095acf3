import { z } from 'zod';

const PLAIN = z.strictObject({
  representation: z.enum(['storage', 'atlas_doc_format', 'wiki']),
  value: z.string(),
});
const NESTED = z.strictObject({
  storage: PLAIN.optional(),
  atlas_doc_format: PLAIN.optional(),
  wiki: PLAIN.optional(),
});

/** The two forms in which a body may be sent. */
export const WRITTEN_BODY = z.union([PLAIN, NESTED]);

/** What was sent in storage format; the other formats are not simulated. */
export function storageOf(body: z.infer<typeof WRITTEN_BODY> | undefined): string | null {
  const plain = body === undefined || 'value' in body ? body : body.storage;
  return plain?.representation === 'storage' ? plain.value : null;
}
