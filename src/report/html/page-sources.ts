import { readFileSync } from 'node:fs';

/** The style and the script of the report, as they stand in their files. */
export const readPageSources = (): { readonly style: string; readonly script: string } => ({
  style: readFileSync(new URL('./page.css', import.meta.url), 'utf8'),
  script: readFileSync(new URL('./page.js', import.meta.url), 'utf8'),
});
