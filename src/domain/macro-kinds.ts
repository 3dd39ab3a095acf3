/** Macros of Confluence that hold text or draw from the site without showing single files of the page: any other may name some. */
const FILELESS =
  `anchor children code column contentbylabel create-from-template details detailssummary expand excerpt excerpt-include include info jira
  layout-cell livesearch noformat note pagetree panel profile quote recently-updated section status tasks-report-macro tip toc toc-zone
  view-file warning`.split(/\s+/);

/** Macros of Confluence that bring neither headings nor anchors of their own: whatever is in them is in the body. */
const HEADLESS =
  `anchor attachments children code column contentbylabel create-from-template details detailssummary expand excerpt gallery info jira
  layout-cell livesearch noformat note pagetree panel profile quote recently-updated section status tasks-report-macro tip toc toc-zone
  view-file warning`.split(/\s+/);

const inSql = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

/** Both as lists for an `in` of SQL. */
export const FILELESS_MACROS: string = inSql(FILELESS);
export const HEADLESS_MACROS: string = inSql(HEADLESS);
