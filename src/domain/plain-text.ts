// eslint-disable-next-line no-control-regex -- removing control characters is the purpose
const ESCAPE_SEQUENCE = /[\u001b\u009b](?:\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[[\]()#;?]*[\d;:?<=>]*[ -/]*[@-~]?)/g;
// eslint-disable-next-line no-control-regex -- removing control characters is the purpose
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g;
/** Characters that reorder or hide what follows them. https://trojansource.codes */
const REORDERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const LINE_BREAK = /\r\n?|[\u0085\u2028\u2029]/g;

/** Text from outside without escape sequences, control characters and bidi overrides; tabs and line breaks stay as they are. */
export const withoutControls = (text: string): string =>
  text.toWellFormed().replace(ESCAPE_SEQUENCE, '').replace(CONTROL, '').replace(REORDERING, '');

/** The same for a terminal: only `\n` breaks a line, and a tab is a blank. */
export const plainText = (text: string): string =>
  withoutControls(text).replace(LINE_BREAK, '\n').replaceAll('\t', ' ');

/** The same on one line. */
export const plainLine = (text: string): string => plainText(text).replace(/\s*\n\s*/g, ' ');
