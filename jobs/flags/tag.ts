import { z } from 'zod';

/** `key:value`, as tenants are tagged in the settings. */
export const tag = z.string().regex(/^[^:]+:.+$/, 'must be written key:value');
