/** A site as the formulas see it. */
interface Site {
  readonly pages: number;
  readonly spaces: number;
}

/** How another program reads a site, as its code asks for it; what it leaves out is said. */
interface Reader {
  readonly name: string;
  readonly source: string;
  readonly lists: string;
  readonly requests: (site: Site) => number;
}

const listsOf = (rows: number, perList: number): number => Math.ceil(rows / perList);

/** What others spend on every night: none of them lists only what changed and still notices what is gone. */
export const OTHER_READERS: readonly Reader[] = [
  {
    name: 'LangChain ConfluenceLoader',
    source: 'langchain-ai/langchain-community',
    lists: 'pages 50 at a time; restrictions and attachments of each page',
    requests: ({ pages }) => listsOf(pages, 50) + 2 * pages,
  },
  {
    name: 'Onyx connector with permission sync',
    source: 'onyx-dot-app/onyx a7d66a8',
    lists: 'CQL 16 at a time; comments and attachments of each page, and the attachments again for the permissions',
    requests: ({ pages }) => listsOf(pages, 16) + 2 * pages + listsOf(pages, 200) + pages,
  },
  {
    name: 'page by page (atlassian-python-api)',
    source: 'atlassian-api/atlassian-python-api 4a025e8',
    lists: 'pages 100 at a time; body, labels, attachments and restrictions of each page',
    requests: ({ pages }) => listsOf(pages, 100) + 4 * pages,
  },
];
