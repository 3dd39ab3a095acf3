/** How much of a site fits in one request: rows of a v2 list, of a v1 search with labels and restrictions, of a v1 list. */
export const ROWS = { list: 250, search: 200, groups: 200 } as const;

/** The most space ids that one v2 list takes, and the keys in one CQL query: long keys of fifty still make a URL that every proxy takes. */
export const SPACES = { perList: 100, perQuery: 50 } as const;

/** The most content ids in one CQL query; Onyx, which does the same, stops there too. */
export const IDS_PER_QUERY = 100;
