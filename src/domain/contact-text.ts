const SERVICES =
  'pager ?duty|ops ?genie|victor ?ops|xmatters|squadcast|fire ?hydrant|rootly|incident\\.io|grafana on-?call|splunk on-?call';
const CALL =
  'tel|telephone|phone|mobile|call|dial|ext|extension|hotline|pager|telefon|telefonnummer|rufnummer|durchwahl|handy|mobil|anrufen|notruf|fon|nst';

const SUBJECT =
  /escal|contact|call|pag(?:er|ing)|support|help|phone|hotline|owner|people|notify|emergency|eskal|kontakt|bereitschaft|ansprech|hilfe|telefon|anruf|notfall|meldek|meldew|zuständ|verantwort/i;
/** Each begins with what is seldom there: a look behind at every character is what makes such a search slow. */
const CONTACT = new RegExp(
  [
    String.raw`\+\d[\d ()/.-]{5,20}\d`,
    // With a leading zero, as in most of Europe; no dates, no times.
    String.raw`(?=[(0])(?<![\d.:/-])\(?0\d{1,5}\)?[ /-]{1,3}\d[\d /-]{2,14}\d(?![\d:])`,
    String.raw`(?=[(\d])(?<![\d.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\d.-])`,
    String.raw`(?:${CALL})(?<=(?<!\p{L})(?:${CALL}))\.?(?: (?:no\.?|number|nr\.?|is))?[ :]{1,3}\d[\d -]{1,12}\d(?! ?(?:s|sec|min|h|ms|%|times|mal)(?!\p{L}))`,
    // A channel, a handle, an address.
    String.raw`#(?<![\p{L}\p{N}&/#]#)\p{L}[\p{L}\p{N}_-]+`,
    String.raw`@(?<![\p{L}\p{N}.@]@)\p{L}[\p{L}\p{N}_.-]+`,
    String.raw`@(?<=[\p{L}\p{N}]@)[\p{L}\p{N}]`,
    `(?:${SERVICES})`,
  ].join('|'),
  'iu',
);

/** True where a text names a way to reach somebody: a telephone number, a channel, a handle, an address, a paging service. */
export const namesContact = (text: string): boolean => CONTACT.test(text);

/** True for headings that may announce whom to call; generous, since rules ask again. */
export const speaksOfContacts = (heading: string): boolean => SUBJECT.test(heading);
