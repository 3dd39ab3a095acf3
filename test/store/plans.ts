interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** What `explain (format json)` answers with. */
export interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }];
}

/** Names the tables and partitions that are too large to be read from end to end for one tenant; others cost less than an index. */
export const LARGE = `select relname::text as name from pg_catalog.pg_class
  where relnamespace = 'audit'::regnamespace and relkind = 'r' and relpages > 100`;

/** Which of the large tables a plan reads from end to end. */
export function readWhole([explained]: readonly Explained[], large: readonly Record<string, unknown>[]): string[] {
  if (explained === undefined) throw new Error('There is no plan.');
  const scans = ({ 'Node Type': type, 'Relation Name': table, Plans: below = [] }: PlanNode): string[] => [
    ...(type.endsWith('Seq Scan') && large.some(({ name }) => name === table) ? [String(table)] : []),
    ...below.flatMap(scans),
  ];
  return [...new Set(scans(explained['QUERY PLAN'][0].Plan))].toSorted();
}
