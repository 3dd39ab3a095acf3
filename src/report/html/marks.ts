import type { Severity } from '../../domain/severity.ts';
import { rank } from '../../domain/severity.ts';
import type { TenantLine } from '../../store/report-content.ts';
import { stateOf } from '../unseen.ts';
import { count, day, percent } from '../wording.ts';
import { html, type Markup } from './markup.ts';

export const severityMark = (severity: Severity): Markup => html`<span class="sev ${severity}">${severity}</span>`;

/** A cell more is worth sparing where there are ten thousand of it, so only what must be seen has a mark of its own. */
export const severityCell = (severity: Severity): Markup =>
  severity === 'critical'
    ? html`<td data-v="0">${severityMark(severity)}</td>`
    : html`<td class="sev ${severity}" data-v="${rank(severity)}">${severity}</td>`;

/** A number in a table; nothing is a dash, so that what counts stands out. */
export const numberCell = (value: number | null, kind: Severity | 'plain' = 'plain'): Markup =>
  value === null || value === 0
    ? html`<td class="num zero" data-v="${value ?? -1}">${value === null ? '–' : '0'}</td>`
    : html`<td class="num ${kind}" data-v="${value}">${count(value)}</td>`;

const STATES: Readonly<Record<string, string>> = { complete: 'good', partial: 'warn', failed: 'bad' };

export const stateMark = (tenant: TenantLine): Markup =>
  html`<span class="state ${STATES[stateOf(tenant)] ?? 'off'}">${stateOf(tenant)}</span>`;

export const dayMark = (instant: string): Markup => html`<time datetime="${instant}">${day(instant)}</time>`;

/** A share as a bar with its number beside it; sorts by the share. */
export function shareCell(share: number | null, then: number | null): Markup {
  if (share === null) return html`<td class="share" data-v="-1"><span class="note">–</span></td>`;
  const change = then === null ? 0 : Math.round((share - then) * 100);
  return html`<td class="share" data-v="${share}">${shareBar(share)} ${percent(share)}${
    change !== 0 &&
    html` <span class="${change > 0 ? 'up' : 'down'}">${change > 0 ? '+' : '−'}${Math.abs(change)}</span>`
  }</td>`;
}

const shareBar = (share: number): Markup =>
  html`<svg class="bar" viewBox="0 0 60 8" aria-hidden="true"><rect width="60" height="8" rx="1" fill="var(--rule)"></rect><rect width="${Math.round(share * 60)}" height="8" rx="1" fill="var(--good)"></rect></svg>`;

/** A title from a wiki, kept from turning the text around it; a link where the address is one. */
export const pageLink = (title: string, url: string | null): Markup =>
  url === null || !/^https?:\/\//i.test(url)
    ? html`<bdi>${title}</bdi>`
    : html`<a href="${url}" rel="noopener noreferrer" dir="auto">${title}</a>`;

/** What an anchor of the page is called; the ids of tenants are made of letters, digits and hyphens. */
export const anchorOf = (tenantId: string): string => `t-${tenantId}`;
