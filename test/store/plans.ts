interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** What `explain (format json)` answers with. */
export interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }];
}

/** The tables that a plan reads from end to end, partitions under their parent's name. */
export function readWhole([explained]: readonly Explained[]): string[] {
  if (explained === undefined) throw new Error('There is no plan.');
  const scans = ({ 'Node Type': type, 'Relation Name': table, Plans: below = [] }: PlanNode): string[] => [
    ...(/Seq Scan$/.test(type) && table !== undefined ? [table.replace(/_(?:rest|\d{4}_\d{2})$/, '')] : []),
    ...below.flatMap(scans),
  ];
  return [...new Set(scans(explained['QUERY PLAN'][0].Plan))].toSorted();
}

/** Tables with rows for every page, finding or call: for one tenant nobody reads them from end to end. */
export const LARGE_TABLES = ['finding', 'finding_event', 'page', 'attachment', 'api_call', 'unjudged', 'page_write'];
