import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { constants, Script } from 'node:vm';

type Wrapped = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
  filename: string,
  dirname: string,
) => void;

// V8 refuses code that was compiled under other flags, although these two only size the heap, which is set up by now: with their
// defaults put back they no longer count, and the limits stay those that the process was started with.
const HEAP_FLAGS = ['--max-old-space-size=0', '--max-semi-space-size=0'];

const HEAD = '(function(exports,require,module,__filename,__dirname){';

/**
 * Runs a CommonJS bundle of ASCII text with the code that V8 compiled of it in an earlier run, which lies beside it as
 * `FILE.cache`: compiling was most of what a start took. A cache that is missing, or of another V8, only costs time.
 *
 * @returns whether there was one that V8 took
 */
export function runCached(file: string): boolean {
  for (const flag of HEAP_FLAGS) setFlagsFromString(flag);
  const cachedData = cacheOf(file);
  const script = new Script(`${HEAD}${readFileSync(file, 'latin1')}\n})`, {
    filename: file,
    columnOffset: -HEAD.length, // places in stack traces are the file's own
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: {} };
  const run = script.runInThisContext() as Wrapped;
  run(module.exports, createRequire(file), module, file, dirname(file));
  return cachedData !== undefined && script.cachedDataRejected === false;
}

function cacheOf(file: string): Buffer | undefined {
  try {
    return readFileSync(`${file}.cache`);
  } catch {
    return undefined; // not every build makes one
  }
}
