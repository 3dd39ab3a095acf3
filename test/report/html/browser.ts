import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium of this machine, or the one that CHROMIUM names; null where there is none, which is said and not allowed in CI. */
export function browserPath(): string | null {
  const found = PLACES.find((place) => place !== undefined && existsSync(place)) ?? null;
  if (found !== null) return found;
  if (process.env['CI'] !== undefined)
    throw new Error(`No Chromium: name one in CHROMIUM. Looked at ${PLACES.join(', ')}.`);
  process.stderr.write('No Chromium on this machine: the report is not opened in a browser. Name one in CHROMIUM.\n');
  return null;
}

/** In a container the user is root, and Chromium's sandbox refuses root. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
