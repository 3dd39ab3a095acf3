import { escapeHtml } from '../domain/escape-html.ts';
import type { Message } from './message.ts';
import { type Item, outlineOf } from './outline.ts';

/** The parts of a mail; nothing in it is loaded from anywhere. */
export function emailBody(message: Message): {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
} {
  const { subject, sections } = outlineOf(message);
  const text = sections.map(({ heading, items, more }) =>
    [heading, ...items.map((item) => `- ${textOf(item)}`), ...(more === null ? [] : [more])].join('\n'),
  );
  const html = sections.map(
    ({ heading, items, more }) =>
      `<h2>${escapeHtml(heading)}</h2>\n<ul>\n${items.map((item) => `<li>${htmlOf(item)}</li>`).join('\n')}\n</ul>${more === null ? '' : `\n<p>${escapeHtml(more)}</p>`}`,
  );
  return {
    subject,
    text: `${subject}\n\n${text.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body>\n<h1>${escapeHtml(subject)}</h1>\n${html.join('\n')}\n</body></html>\n`,
  };
}

const textOf = ({ label, title, url, text }: Item): string =>
  `${label}${title === null ? '' : ` "${title}"`}: ${text}${url === null ? '' : `\n  ${url}`}`;

function htmlOf({ label, title, url, text }: Item): string {
  const name =
    title === null
      ? ''
      : url === null
        ? ` ${escapeHtml(title)}`
        : ` <a href="${escapeHtml(url)}">${escapeHtml(title)}</a>`;
  return `<strong>${escapeHtml(label)}</strong>${name}: ${escapeHtml(text)}`;
}
