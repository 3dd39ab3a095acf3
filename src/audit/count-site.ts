import type { ContentType, Space } from '../domain/inventory.ts';
import { SPACES } from '../domain/list-sizes.ts';
import { asAuditError } from '../domain/errors.ts';
import type { Night } from './night.ts';

/** What the site says it holds, and how many requests it took to ask. */
export interface SiteCount {
  readonly content: readonly number[];
  readonly attachments: number;
  readonly requests: number;
}

/** Ends a run, or stands for more than a question that could not be answered. */
const SERIOUS: ReadonlySet<string> = new Set([
  'auth-invalid',
  'auth-anonymous',
  'interrupted',
  'budget-spent',
  'time-spent',
  'rate-limited',
]);

/**
 * Asks the site how much there is, before a first night lists it: one question for each kind of content. Null where it does not say; the
 * estimate is a lower bound then.
 */
export async function countSite(night: Night, spaces: readonly Space[]): Promise<SiteCount | null> {
  // For very many spaces the whole site is asked about: closer than nothing, and one request.
  const spaceKeys = spaces.length <= SPACES.perQuery ? spaces.map(({ key }) => key) : undefined;
  const count = (contentType: ContentType | 'attachment') =>
    night.confluence.countBySearch({ contentTypes: [contentType], spaceKeys });
  const before = night.confluence.requestsSent();
  try {
    const content: number[] = [];
    for (const contentType of night.settings.content) content.push(await count(contentType));
    const attachments = night.needs.has('attachments') ? await count('attachment') : 0;
    return { content, attachments, requests: night.confluence.requestsSent() - before };
  } catch (error) {
    const code = asAuditError(error)?.code;
    if (code === undefined || SERIOUS.has(code)) throw error;
    night.log.warn('The site does not say how much it holds', { code });
    return null;
  }
}
