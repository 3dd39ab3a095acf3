import { createHash } from 'node:crypto';
import type { ReportContent } from '../../store/report-content.ts';
import { leadOf } from '../lead.ts';
import { count, moment } from '../wording.ts';
import type { DrawChart } from './draw-chart.ts';
import { fleetPage } from './fleet-page.ts';
import { anchorOf, stateMark } from './marks.ts';
import { documentText, html, inlineSource, type Markup } from './markup.ts';
import { readPageSources } from './page-sources.ts';
import { tenantPage } from './tenant-page.ts';

/**
 * The whole report as one file that needs nothing else: no network, no script, no font. The same content gives the same bytes. `fleet`: with
 * a page over all tenants; without, it is the report of one.
 */
export function htmlReport(content: ReportContent, { draw, fleet }: { draw: DrawChart; fleet: boolean }): string {
  const { style, script } = readPageSources();
  const chosen = content.tenants.filter(({ id }) => content.chosen.includes(id));
  const title = fleet ? 'Documentation audit' : `Documentation audit of ${chosen[0]?.id ?? 'a tenant'}`;
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return documentText(html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
${inlineSource('style', style)}
</head>
<body>
<a class="skip" href="#report">Skip to the report</a>
${fleet && contents(content, chosen)}
<main id="report" tabindex="-1">
<header class="masthead"><h1>${title}</h1><p class="stamp">${stamp(content)}</p><p class="lead">${leadOf(content)}</p></header>
${fleet && fleetPage(content, draw)}
${chosen.map((tenant) => tenantPage(content, tenant, draw))}
</main>
<footer><p>Made by confluence-audit-worker from its report views. Page bodies are not stored, and no value of a secret is in this file.</p></footer>
${inlineSource('script', script)}
</body>
</html>`);
}

/** https://www.w3.org/TR/CSP3/#grammardef-hash-source */
const hashOf = (source: string): string => `sha256-${createHash('sha256').update(source).digest('base64')}`;

function stamp({ tenants }: ReportContent): string {
  const ends = tenants.flatMap(({ asOf }) => (asOf === null ? [] : [asOf])).toSorted();
  const last = ends.at(-1);
  return last === undefined ? 'No audit has finished yet' : `As of the audit that ended on ${moment(last)}`;
}

const contents = ({ tenants }: ReportContent, chosen: ReportContent['tenants']): Markup =>
  html`<nav aria-label="Contents"><ul>
<li><a href="#fleet">Fleet</a> <small>${count(tenants.length)}</small></li>
${chosen.map((tenant) => html`<li><a href="#${anchorOf(tenant.id)}">${tenant.id}</a> ${tenant.outcome === 'complete' ? html`<small>${count(tenant.critical + tenant.high)}</small>` : stateMark(tenant)}</li>`)}
</ul></nav>`;
