// Refuses an older Node with one line. It is CommonJS in old syntax, because an older Node cannot even open run.ts:
// `Unknown file extension ".ts"`, before any line of it runs. So the npm scripts preload this file (`node -r`), and
// run.ts imports it first for a Node that reads TypeScript but is too old. The hint repeats ERRORS['node-too-old'].
'use strict';

var OLDEST = 24;

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  process.stderr.write(
    'error node-too-old: This is Node ' +
      process.versions.node +
      ', and Node ' +
      OLDEST +
      ' or newer is needed. ' +
      'Run `npm ci` (it brings Node 24 on Linux) and start through `npm run`, or install Node 24.\n',
  );
  process.exit(2);
}

require('./compile-cache.cjs')();
