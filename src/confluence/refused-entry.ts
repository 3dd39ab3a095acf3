/**
 * Words by which somebody other than Confluence shuts the door. None of them is documented, so they are matched loosely, and the
 * verdicts drawn from them say "seems".
 */
const IP =
  /\bIP\b[^.]{0,80}\b(allow[ -]?list|white[ -]?list|not allowed|blocked|restricted)|\b(allow|white)[ -]?list[^.]{0,40}\bIP\b/i;
const SUSPENDED =
  /\b(site|instance|subscription|product)\b[^.<]{0,60}\b(suspended|deactivated|disabled|cancell?ed|expired)|\bsite\b[^.<]{0,40}\bcurrently unavailable\b/i;
const SUSPENDED_PATH = /\b(suspended|deactivated|site-unavailable|unavailable)\b/i;
/** The sentence stands near the top; a page of megabytes is not worth the search. */
const LOOKED_AT = 20_000;

/** True where an IP allowlist refused the address of the worker. */
export const saysIpRefused = (body: string): boolean => IP.test(body.slice(0, LOOKED_AT));

/** True for the web page that Atlassian's edge shows in place of a suspended or deactivated site, or the way to it. */
export const saysSuspended = ({ html, body, location }: { html: boolean; body: string; location: string }): boolean =>
  (html && SUSPENDED.test(body.slice(0, LOOKED_AT))) || SUSPENDED_PATH.test(location);
