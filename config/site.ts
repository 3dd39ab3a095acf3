import { isIPv4 } from 'node:net';
import { refusal } from './refusal.ts';

/** The origin of a site, or the refusal that says what is wrong with the address. The address itself is never repeated. */
export function siteOrigin(text: string): { readonly origin: string } | { readonly refused: string } {
  const example = 'write only scheme and host, as in https://acme.atlassian.net';
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.hostname === '' || !['https:', 'http:'].includes(url.protocol)) {
    return { refused: refusal('is not a web address', example) };
  }
  if (url.username !== '' || url.password !== '') {
    return { refused: refusal('holds a user name or password', `${example}; credentials belong in auth`) };
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return { refused: refusal('is not encrypted (http)', 'write https:// (http is only for this machine itself)') };
  }
  if (url.pathname !== '/' || text.includes('?') || text.includes('#')) {
    return { refused: refusal('holds more than scheme and host', `write ${url.origin}`) };
  }
  return { origin: url.origin };
}

/** True for addresses to which a browser may be sent back with a code: encrypted, or on this machine. */
export function isCallback(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
}
