import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium of this machine, or the one that CHROMIUM names; null where there is none, which is said; what CHROMIUM names has to be there. */
export function browserPath(): string | null {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && !existsSync(named)) throw new Error(`CHROMIUM names ${named}, and there is nothing.`);
  const found = named ?? PLACES.find((place) => existsSync(place)) ?? null;
  if (found !== null) return found;
  process.stderr.write('No Chromium on this machine: the report is not opened in a browser. Name one in CHROMIUM.\n');
  return null;
}

/** In a container the user is root, and Chromium's sandbox refuses root. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
