import { codeOf, type Source } from './source.ts';

const LONGEST_FILE = 200;
/** A table of cases reads top to bottom, however long. */
const LONGEST_TEST = 300;

interface Ban {
  readonly pattern: RegExp;
  readonly what: string;
  readonly why: string;
  /** Files and folders where it belongs. */
  readonly except: readonly string[];
}

const BANS: readonly Ban[] = [
  {
    pattern: /\bprocess\.env\b/,
    what: 'process.env',
    why: 'jobs/run.ts hands it to config/, which alone knows the names',
    except: ['jobs/run.ts', 'test'],
  },
  {
    pattern: /\bprocess\.exit\(/,
    what: 'process.exit()',
    why: 'only the street ends the process',
    except: ['jobs/run.ts', 'jobs/node-version.cjs', 'test'],
  },
  {
    pattern: /\bconsole\./,
    what: 'console',
    why: 'results go to stdout, everything else through the log',
    except: ['test/floors.test.ts', 'test/canary'],
  },
  {
    pattern: /^(?:export )?(?:let|var)\s/m,
    what: 'a module-level variable',
    why: 'state lives in what a function creates',
    except: ['jobs/node-version.cjs', 'test'],
  },
  {
    pattern: /^(?:export )?const \w+(?:: [^=]+)? = (?:new (?:Weak)?(?:Map|Set)(?:<.*>)?\(\)|\[\]|\{\});/m,
    what: 'an empty module-level container',
    why: 'state lives in what a function creates',
    except: ['test'],
  },
  {
    pattern: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(/,
    what: 'the clock or chance',
    why: 'src/runtime hands both in as values',
    // The lock of a directory is a matter of the machine's own clock: how long its file has not been touched.
    except: ['src/runtime', 'src/simulator/server.ts', 'src/store/directory-lock.ts', 'test'],
  },
  { pattern: /NODE_ENV/, what: 'NODE_ENV', why: 'production code does not know tests', except: ['test'] },
];

const DRAWERS = /(?:^|\/)(?:utils?|types?|helpers?|services?|managers?|common|misc|shared|lib|index)(?:\.ts|\/)/;
const REEXPORT = /^export\b[^;'"]*\bfrom\s+['"][^'"]+['"];?/gm;

/** One sentence per breach of the house's style, naming the file, what it holds and the rule. */
export function styleFaults(
  sources: readonly Source[],
  longFiles: Readonly<Record<string, string>>,
): readonly string[] {
  return [...sources.flatMap((source) => faultsOf(source, longFiles)), ...staleExceptions(sources, longFiles)];
}

function faultsOf(source: Source, longFiles: Readonly<Record<string, string>>): readonly string[] {
  const { path } = source;
  const code = codeOf(source);
  const faults = BANS.filter(
    ({ pattern, except }) =>
      pattern.test(code) && !except.some((place) => path === place || path.startsWith(`${place}/`)),
  ).map(({ what, why }) => `${path} uses ${what}: ${why}.`);
  const longest = path.endsWith('.test.ts') ? LONGEST_TEST : LONGEST_FILE;
  if (lineCount(source) > longest && !Object.hasOwn(longFiles, path)) {
    faults.push(`${path} has ${lineCount(source)} lines: no file is over ${longest} without a reason in the list.`);
  }
  if (DRAWERS.test(path)) faults.push(`${path} is named like a drawer: a file is named like the one thing it exports.`);
  if (code.trim() !== '' && code.replace(REEXPORT, '').trim() === '') {
    faults.push(`${path} only passes on what others export: there are no barrels.`);
  }
  return faults;
}

const staleExceptions = (sources: readonly Source[], longFiles: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(longFiles)
    .filter((path) => !sources.some((source) => source.path === path && lineCount(source) > LONGEST_FILE))
    .map((path) => `${path} is listed as longer than ${LONGEST_FILE} lines, but is not: take it off the list.`);

const lineCount = ({ text }: Source): number => text.trimEnd().split('\n').length;
