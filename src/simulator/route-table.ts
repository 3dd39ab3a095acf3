import type { Route } from './api/route.ts';
import { accessRoutes } from './api/v1-access.ts';
import { archiveRoutes } from './api/v1-archive.ts';
import { labelWriteRoutes } from './api/v1-labels.ts';
import { peopleRoutes } from './api/v1-people.ts';
import { countRoutes } from './api/v1-count.ts';
import { searchRoutes } from './api/v1-search.ts';
import { stateRoutes } from './api/v1-states.ts';
import { attachmentRoutes } from './api/v2-attachments.ts';
import { commentWriteRoutes } from './api/v2-comment-writes.ts';
import { commentRoutes } from './api/v2-comments.ts';
import { contentListRoutes } from './api/v2-content.ts';
import { labelReadRoutes } from './api/v2-labels.ts';
import { lifecycleRoutes } from './api/v2-lifecycle.ts';
import { propertyRoutes } from './api/v2-properties.ts';
import { singleRoutes } from './api/v2-single.ts';
import { spaceRoutes } from './api/v2-spaces.ts';
import { taskRoutes } from './api/v2-tasks.ts';
import { userRoutes } from './api/v2-users.ts';

/** Every request that the site understands, as data. */
export const ROUTES: readonly Route[] = [
  ...spaceRoutes,
  ...contentListRoutes,
  ...singleRoutes,
  ...attachmentRoutes,
  ...labelReadRoutes,
  ...commentRoutes,
  ...commentWriteRoutes,
  ...lifecycleRoutes,
  ...taskRoutes,
  ...userRoutes,
  ...labelWriteRoutes,
  ...accessRoutes,
  ...propertyRoutes,
  ...stateRoutes,
  ...archiveRoutes,
  ...searchRoutes,
  ...countRoutes,
  ...peopleRoutes,
];

interface Match {
  readonly route: Route;
  readonly path: Readonly<Record<string, string>>;
}

/** Null where the escapes of a segment are broken. */
function decodeSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

function matchTemplate(template: string, pathname: string): Record<string, string> | null {
  const wanted = template.split('/');
  const given = pathname.split('/');
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const segment = given[index] ?? '';
    if (part.startsWith('{')) {
      const value = decodeSegment(segment);
      if (value === null || value === '') return null;
      values[part.slice(1, -1)] = value;
    } else if (part !== segment) return null;
  }
  return values;
}

/** The routes whose path fits, whatever their method; literal segments win over placeholders. */
export function routesAt(pathname: string): Match[] {
  const found = ROUTES.flatMap((route) => {
    const path = matchTemplate(route.template, pathname);
    return path === null ? [] : [{ route, path }];
  });
  const fewest = Math.min(...found.map(({ path }) => Object.keys(path).length));
  return found.filter(({ path }) => Object.keys(path).length === fewest);
}
