import { withoutControls } from './plain-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text from outside as it may stand in HTML, between tags and in quoted attributes, without control characters. */
export const escapeHtml = (text: string): string =>
  withoutControls(text).replace(/[&<>"'`]/g, (mark) => ENTITIES[mark] ?? mark);
