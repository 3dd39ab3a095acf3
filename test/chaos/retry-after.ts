import type { SeenCall } from './evidence.ts';

const DAY_S = 86_400;

/** Milliseconds that a refusal asks for in whole seconds; null for zero, garbage and whatever else nobody can mean. */
export function askedToWaitMs({ status, headers }: NonNullable<SeenCall['answer']>): number | null {
  const text = headers['retry-after'] ?? '';
  if (status < 400 || !/^\d+$/.test(text)) return null;
  const seconds = Number(text);
  return seconds > 0 && seconds <= DAY_S ? seconds * 1000 : null;
}
