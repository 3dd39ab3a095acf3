// Node compiles the program once and not at every start. What it compiled lies beside the packages, and not in a shared /tmp:
// whoever may write there could change the packages as well. Where nobody may write (a read-only root, a container), Node goes
// on without, and says nothing. NODE_COMPILE_CACHE names another folder, NODE_DISABLE_COMPILE_CACHE=1 turns it off.
// https://nodejs.org/api/module.html#module-compile-cache
'use strict';

const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

module.exports = function keepCompiled() {
  enableCompileCache(join(__dirname, '../node_modules/.cache/compiled'));
};
