import { z } from 'zod';
import { defineSetRule } from '../domain/rule.ts';

/**
 * Finds pages that lie too deep in the tree, and pages with too many children. A page has as many levels above it as it has ancestors;
 * where one of them is out of sight, those that are known count. Pages that stand side by side at the root of a space have no
 * parent to be named and are left alone, and so is the order of a generated tree, which nobody reads from the top.
 *
 * The walk goes down from the roots, so parents that form a ring are never entered; it ends after 200 levels.
 */
export default defineSetRule({
  id: 'deep-nesting',
  title: 'Page tree is too deep or too wide',
  why: 'In a deep tree nobody finds a page by looking for it, and in a list of hundreds nobody finds it either.',
  severity: 'info',
  remediation: 'Move the page up to where its readers look first, or sort its children under a few headings.',
  explanation: [
    'A page that lies too deep in the tree, or has too many children.',
    'Folders count as levels where a rule that needs restrictions had them read. Above an ancestor out of sight nothing is counted. Pages side by side at the root of a space are left alone.',
  ],
  example: 'The page has 10 ancestors (limit 8).',
  appliesTo: 'pages',
  options: z.strictObject({
    maxDepth: z.int().positive().default(8).describe('Pages with more ancestors than this are too deep.'),
    maxChildren: z.int().positive().default(200).describe('Pages with more pages right below them are too wide.'),
  }),
  needs: [],
  sql: `
    with recursive node as materialized (
      select page_id, parent_id, content_type from page where gone_at is null and content_type in ('page', 'folder')
    ),
    tree as (
      select node.page_id, case when node.parent_id is null then 0 else 1 end as depth
      from node left join node parent on parent.page_id = node.parent_id where parent.page_id is null
      union all
      select node.page_id, tree.depth + 1 from tree join node on node.parent_id = tree.page_id where tree.depth < 200
    ),
    wide as (select parent_id as page_id, count(*) as children from node where content_type = 'page' group by parent_id),
    judged as (
      select page_id, tree.depth, wide.children, coalesce((options->>'maxDepth')::int, 8) as max_depth,
             coalesce((options->>'maxChildren')::int, 200) as max_children
      from subject left join tree using (page_id) left join wide using (page_id)
    )
    select page_id, 'fail' as status,
           concat_ws(' ',
             case when depth > max_depth then 'The page has ' || depth || ' ancestors (limit ' || max_depth || ').' end,
             case when children > max_children then children || ' pages stand right below the page (limit ' || max_children || ').' end
           ) as reason,
           jsonb_build_object('depth', depth, 'children', coalesce(children, 0)) as evidence
    from judged where depth > max_depth or children > max_children
    order by page_id`,
});
