/**
 * True for a name that we may write as a label. Confluence keeps labels in lower case and refuses blanks and most punctuation; which
 * of it exactly is not published, so this allows less, and nothing is sent that might come back changed or refused.
 */
export const isLabelName = (name: string): boolean =>
  /^[\p{L}\p{N}_-]{1,255}$/u.test(name) && name === name.toLowerCase() && name === name.normalize();
