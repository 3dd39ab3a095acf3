import type { TenantSettings } from '../../config/settings.ts';
import { type Check, doubtful, fine } from './check.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

/** How long the credential lasts, by the day that the settings name; Confluence itself does not tell. */
export function checkExpiry(
  about: Pick<Check, 'tenant' | 'check'>,
  { type, expires }: Pick<TenantSettings['auth'], 'type' | 'expires'>,
  now: Date,
): Check {
  if (expires === null && type === 'oauth') return fine(about, 'Each audit prolongs the consent by 90 days.');
  if (expires === null)
    return doubtful(about, 'The settings do not say when the credential ends.', 'Write the day into auth.expires.');
  const days = Math.floor((Date.parse(`${expires}T00:00:00Z`) - now.getTime()) / DAY_MS);
  if (days < 0)
    return doubtful(about, `By the settings it ended on ${expires}.`, 'Make a new token, or correct auth.expires.');
  const detail = `It ends on ${expires}, in ${days} days.`;
  return days < SOON_DAYS ? doubtful(about, detail, 'Make a new token before that day.') : fine(about, detail);
}
