import { z } from 'zod';

/** Why the breaker is not to be followed; it stands with the plan and in the audit trail. */
export const overrideBreaker = z.string().trim().min(1).max(1_000);
