import type { Difference } from './exchange.ts';

/** A difference between the simulator and the specification that stays, because real sites differ too. */
export interface KnownDifference {
  readonly where: RegExp;
  readonly at: RegExp;
  readonly what: RegExp;
  readonly why: string;
}

const V2 = /^(GET|PUT) \/wiki\/api\/v2\//;
const BY_OPERATION = /byOperation 200$/;

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    where: V2,
    at: /^(results\[\]\.)?(icon|description|parentId|parentType|mediaTypeDescription)$/,
    what: /^must be/,
    why: 'recorded answers hold null where a space has no icon, a page no parent, a file no described type',
  },
  {
    where: /\/tasks 200$/,
    at: /^results\[\]\.(body|assignedTo|updatedAt|dueAt|completedBy|completedAt)$/,
    what: /^must be/,
    why: 'recorded tasks hold null for what is not known of them',
  },
  {
    where: V2,
    at: /(^|\.)version$/,
    what: /^knows no ncsStepVersion$/,
    why: 'recorded versions of pages and blog posts hold a step number of the editor',
  },
  {
    where: V2,
    at: /(^|\.)_links$/,
    what: /^knows no edituiv2$/,
    why: 'recorded pages and blog posts link to the new editor',
  },
  {
    where: /\/pages\/\{id\} 200$/,
    at: /^versions\.results\[\]$/,
    what: /^knows no page$/,
    why: 'recorded include blocks show versions as the list of versions does',
  },
  {
    where: /\/pages\/\{id\} 200$/,
    at: /^$/,
    what: /^knows no subtype$/,
    why: 'the specification gives live docs their subtype in lists only',
  },
  {
    where: /\/spaces\/\{id\} 200$/,
    at: /^$/,
    what: /^knows no currentActiveAlias$/,
    why: 'a recorded single space has its alias, which the specification shows in lists only',
  },
  {
    where: /\/permissions 200$/,
    at: /principal\.type$/,
    what: /^must be equal to one of/,
    why: 'recorded permissions are held by classes of accounts too (access-class)',
  },
  {
    where: /inline-comments 200$/,
    at: /\.properties$/,
    what: /^knows no inline-(original-selection|marker-ref)$/,
    why: 'recorded inline comments still carry the names that CHANGE-1411 deprecates',
  },
  {
    where: /\/folders\/\{id\} 200$/,
    at: /^createdAt$/,
    what: /^must be string$/,
    why: 'folders tell their creation in epoch milliseconds',
  },
  {
    where: /^GET \/wiki\/rest\/api\//,
    at: /(^|group\.)results\[\]$/,
    what: /^knows no resourceAri$/,
    why: 'recorded groups carry their ARI',
  },
  {
    where: BY_OPERATION,
    at: /^(read|update)$/,
    what: /^(knows no (operation|restrictions|_expandable|_links)|lacks )/,
    why: 'the real answer has no envelope around each operation',
  },
  {
    where: BY_OPERATION,
    at: /^_links$/,
    what: /^knows no (self|base|context)$/,
    why: 'the real answer has links beside the operations',
  },
  {
    where: /^GET \/wiki\/rest\/api\/(group|content\/search)/,
    at: /^query next$/,
    what: /^is no parameter$/,
    why: 'links to the next page of v1 lists carry next=true; our client does not send it',
  },
  {
    where: /\/content\/search$/,
    at: /^query includeArchivedSpaces$/,
    what: /^is no parameter$/,
    why: 'the search takes a switch for archived spaces that is listed for its neighbour only; our client does not send it',
  },
  {
    where: /^GET \/wiki\/api\/v2\/[\w-]+ 404$/,
    at: /^status$/,
    what: /^is not documented$/,
    why: 'v2 answers 404 to a credential that it does not accept, on lists too',
  },
  {
    where: /^GET \/wiki\/rest\/api\/(content|longtask)\/.* 403$/,
    at: /^status$/,
    what: /^is not documented$/,
    why: 'v1 answers 403 to a credential that it does not accept',
  },
  {
    where: /\/footer-comments 200$/,
    at: /^results\[\]$/,
    what: /^knows no resolutionStatus$/,
    why: 'recorded footer comments of a page carry a resolution, though nobody can resolve them',
  },
  {
    where: /^PUT \/wiki\/api\/v2\/.* 409$/,
    at: /^status$/,
    what: /^is not documented$/,
    why: 'a change that does not name the next version is a conflict, as real sites answer it',
  },
  {
    where: /\/properties 403$/,
    at: /^status$/,
    what: /^is not documented$/,
    why: 'the specification does not say how a property is refused to who may view the page and not edit it',
  },
  {
    where: /byOperation(\/\{operationKey\})? 404$/,
    at: /^status$/,
    what: /^is not documented$/,
    why: 'restrictions of content that is missing or invisible are 404',
  },
  {
    where: /^GET \/wiki\/rest\/api\/.* 400$/,
    at: /^status$/,
    what: /^is not documented$/,
    why: 'the simulator refuses what the specification does not know, also where a site would overlook it',
  },
  {
    where: /\/content\/\{id\}\/state 200$/,
    at: /^content-type$/,
    what: /^is not JSON$/,
    why: 'a page without a status is answered with nothing at all',
  },
  {
    where: / 429$/,
    at: /^status$/,
    what: /^is not documented$/,
    why: 'no operation documents its rate limit',
  },
];

export const isKnown = (one: Difference, { where, at, what }: KnownDifference): boolean =>
  where.test(one.where) && at.test(one.at) && what.test(one.what);
