import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readOrder, tellHaul } from './order.ts';

// The loader reads one space; whoever uses it knows the spaces. It has no setting for a rate.
const { site, email, token, spaces, packages } = readOrder();
const load = createRequire(join(packages ?? '', 'package.json'));

interface Loader {
  readonly ConfluencePagesLoader: new (options: object) => { load(): Promise<readonly object[]> };
}
const { ConfluencePagesLoader } = load('@langchain/community/document_loaders/web/confluence') as Loader;

let pages = 0;
for (const spaceKey of spaces) {
  const loader = new ConfluencePagesLoader({ baseUrl: `${site}/wiki`, spaceKey, username: email, accessToken: token });
  pages += (await loader.load()).length;
}
tellHaul({ pages });
