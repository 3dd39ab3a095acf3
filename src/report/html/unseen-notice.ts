import { INVISIBLE } from '../unseen.ts';
import { html, type Markup, type Part } from './markup.ts';

/** What was not seen, before anything else; also where nothing is known to be missing, for that is not everything. */
export const unseenNotice = (lines: readonly Part[], whole: boolean): Markup =>
  html`<div class="notice ${whole ? 'whole' : 'gaps'}"><h3>What was not seen</h3><ul>${
    whole && html`<li>Every space in scope was walked to its end, and every rule came to a verdict.</li>`
  }${lines.map((line) => html`<li>${line}</li>`)}<li>${INVISIBLE}</li></ul></div>`;
