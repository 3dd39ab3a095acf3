/** Builders for Confluence's storage format. Text is escaped; `raw` parts are markup already. */

export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const p = (...raw: readonly string[]): string => `<p>${raw.join(' ')}</p>`;
export const text = (plain: string): string => p(escape(plain));
export const h = (level: 1 | 2 | 3, plain: string): string => `<h${level}>${escape(plain)}</h${level}>`;

export const bullets = (items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${p(escape(item))}</li>`).join('')}</ul>`;
export const steps = (items: readonly string[]): string =>
  `<ol>${items.map((item) => `<li>${p(escape(item))}</li>`).join('')}</ol>`;

const macro = (name: string, inner: string): string =>
  `<ac:structured-macro ac:name="${name}" ac:schema-version="1">${inner}</ac:structured-macro>`;
const parameter = (name: string, raw: string): string => `<ac:parameter ac:name="${name}">${raw}</ac:parameter>`;

export const code = (language: string, lines: readonly string[]): string =>
  macro(
    'code',
    `${parameter('language', language)}<ac:plain-text-body><![CDATA[${lines.join('\n')}]]></ac:plain-text-body>`,
  );
export const panel = (kind: 'info' | 'note' | 'warning' | 'tip', raw: string): string =>
  macro(kind, `<ac:rich-text-body>${raw}</ac:rich-text-body>`);
export const status = (title: string, colour: 'Green' | 'Yellow' | 'Red' | 'Blue' | 'Grey'): string =>
  macro('status', parameter('title', escape(title)) + parameter('colour', colour));
export const toc = (): string => macro('toc', parameter('maxLevel', '2'));

const tableRow = (cells: readonly string[], tag: 'th' | 'td'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${p(escape(cell))}</${tag}>`).join('')}</tr>`;
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><tbody>${tableRow(head, 'th')}${rows.map((cells) => tableRow(cells, 'td')).join('')}</tbody></table>`;

export const image = (fileName: string): string =>
  `<ac:image ac:align="center" ac:layout="center" ac:width="760"><ri:attachment ri:filename="${escape(fileName)}" ri:version-at-save="1" /></ac:image>`;
/** A picture that hangs on another page of the same space. */
export const foreignImage = (fileName: string, pageTitle: string): string =>
  `<ac:image><ri:attachment ri:filename="${escape(fileName)}"><ri:page ri:content-title="${escape(pageTitle)}" /></ri:attachment></ac:image>`;
export const viewFile = (fileName: string): string =>
  macro('view-file', parameter('name', `<ri:attachment ri:filename="${escape(fileName)}" ri:version-at-save="1" />`));

const target = (title: string, spaceKey?: string): string =>
  `<ri:page${spaceKey === undefined ? '' : ` ri:space-key="${escape(spaceKey)}"`} ri:content-title="${escape(title)}" />`;
export const pageLink = (title: string, spaceKey?: string): string =>
  `<ac:link>${target(title, spaceKey)}<ac:link-body>${escape(title)}</ac:link-body></ac:link>`;
/** A link to a place on the same page. */
export const anchorLink = (anchor: string, plain: string): string =>
  `<ac:link ac:anchor="${escape(anchor)}"><ac:link-body>${escape(plain)}</ac:link-body></ac:link>`;
export const include = (title: string, spaceKey?: string): string =>
  macro('include', parameter('', `<ac:link>${target(title, spaceKey)}</ac:link>`));
export const mention = (accountId: string): string => `<ac:link><ri:user ri:account-id="${accountId}" /></ac:link>`;
export const webLink = (url: string, plain: string): string => `<a href="${escape(url)}">${escape(plain)}</a>`;
export const day = (date: string): string => `<time datetime="${date}" />`;

export interface Task {
  readonly done: boolean;
  /** Markup of the task's line. */
  readonly raw: string;
}
const task = ({ done, raw }: Task, index: number): string =>
  `<ac:task><ac:task-id>${index + 1}</ac:task-id><ac:task-status>${done ? 'complete' : 'incomplete'}</ac:task-status><ac:task-body>${raw}</ac:task-body></ac:task>`;
export const tasks = (items: readonly Task[]): string => `<ac:task-list>${items.map(task).join('')}</ac:task-list>`;
