import { existsSync } from 'node:fs';

/** The folder with `v1.openapi.json` and `v2.openapi.json`, or null where nobody named one. */
export function specFolder(): string | null {
  const folder = process.env['CONFLUENCE_SPEC_DIR'];
  return folder !== undefined && existsSync(folder) ? folder : null;
}
