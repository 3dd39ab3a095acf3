import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readOrder, tellHaul } from './order.ts';

// The collator as a Backstage backend builds it from its configuration, without the backend around it. It asks for pages
// alone (by default also for posts, comments and attachments), and is told the limit of the site.
const { site, email, token, perSecond, packages } = readOrder();
const load = createRequire(join(packages ?? '', 'package.json'));

interface Collator {
  readonly ConfluenceCollatorFactory: {
    fromConfig(config: unknown, options: object): { getCollator(): Promise<AsyncIterable<{ title: string }>> };
  };
}
const { ConfigReader } = load('@backstage/config') as { ConfigReader: new (data: object) => unknown };
const { ConfluenceCollatorFactory } = load(
  '@backstage-community/plugin-search-backend-module-confluence-collator',
) as Collator;

const config = new ConfigReader({
  confluence: {
    default: {
      baseUrl: `${site}/wiki`,
      auth: { type: 'basic', email, token },
      query: 'type = page',
      maxRequestsPerSecond: perSecond,
    },
  },
});
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const logger = { ...quiet, child: () => quiet };

let pages = 0;
const collator = await ConfluenceCollatorFactory.fromConfig(config, { logger }).getCollator();
for await (const _document of collator) pages += 1;
tellHaul({ pages });
