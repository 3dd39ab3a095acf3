import type { Digest } from '../domain/alert.ts';

/** What can be sent: a digest, or a trial of the way. */
export type Message =
  | { readonly kind: 'digest'; readonly digest: Digest }
  | { readonly kind: 'test'; readonly id: string; readonly at: string };

/** The same at each attempt; receivers tell repetitions by it. */
export const idOf = (message: Message): string => (message.kind === 'digest' ? message.digest.id : message.id);
