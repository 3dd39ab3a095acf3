import { SEVERITIES } from '../../domain/severity.ts';
import type { TenantLine } from '../../store/report-content.ts';
import { count, counted, percent } from '../wording.ts';
import { html, type Markup, type Part } from './markup.ts';

/** What is added up over tenants. */
export type Totals = Pick<
  TenantLine,
  | 'pages'
  | 'runbooks'
  | 'healthy'
  | 'critical'
  | 'high'
  | 'medium'
  | 'low'
  | 'info'
  | 'fresh'
  | 'unjudged'
  | 'muted'
  | 'planned'
>;

/** The numbers of a tenant or of the fleet, as a row of figures. `before`: the share of healthy runbooks thirty days ago. */
export function figures(totals: Totals, { share, before }: { share: number | null; before: number | null }): Markup {
  const healthy =
    share === null
      ? 'no page is a runbook'
      : `${count(totals.healthy)} of ${counted(totals.runbooks, 'runbook')}${before === null ? '' : `; ${percent(before)} thirty days ago`}`;
  return html`<dl class="figures">
    ${figure('Healthy runbooks', percent(share), healthy, 'score')}
    ${SEVERITIES.filter((severity) => severity !== 'info' || totals.info > 0).map((severity) =>
      figure(severity, count(totals[severity]), null, totals[severity] === 0 ? 'zero' : severity),
    )}
    ${figure('New', count(totals.fresh), 'since the run before', 'plain')}
    ${figure('Not judged', count(totals.unjudged), null, totals.unjudged === 0 ? 'zero' : 'warn')}
    ${figure('Muted', count(totals.muted), null, totals.muted === 0 ? 'zero' : 'plain')}
  </dl>`;
}

const figure = (name: string, value: Part, note: string | null, kind: string): Markup =>
  html`<div class="${kind}"><dt>${name}</dt><dd>${value}${note !== null && html` <small>${note}</small>`}</dd></div>`;
