import { z } from 'zod';
import { showV2User } from '../wire/user.ts';
import { answer, v2Error } from './answers.ts';
import type { Route } from './route.ts';

const BODY = z.strictObject({ accountIds: z.array(z.string()).min(1).max(250) });

/** Users in bulk: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-user/ */
export const userRoutes: readonly Route[] = [
  {
    method: 'POST',
    template: '/wiki/api/v2/users-bulk',
    query: {},
    body: BODY,
    handle: (call) => {
      // Whoever may not see profiles is told that nothing is here, not that it is forbidden.
      if (call.who.kind !== 'user') return v2Error(404, 'NOT_FOUND', 'Not Found');
      const { accountIds } = call.body as z.infer<typeof BODY>;
      // An id that is not known is left out of the answer.
      const results = [...new Set(accountIds)].flatMap((id) => {
        const account = call.world.accounts.get(id);
        return account === undefined ? [] : [showV2User(call.world, account)];
      });
      return answer(200, { results, _links: { base: call.base } }, { link: `<${call.base}>; rel="base"` });
    },
  },
];
