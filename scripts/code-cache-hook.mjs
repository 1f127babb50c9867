// Preloaded into the runs that scripts/code-cache.mjs makes: keeps what V8 has compiled by the end of the process beside the file.
import { renameSync, writeFileSync } from 'node:fs';
import v8 from 'node:v8';
import vm from 'node:vm';

const { setFlagsFromString } = v8;
setFlagsFromString('--no-flush-bytecode'); // what ran only at the start is wanted as well
// Flags that count are part of the cache: what the program sets once it runs (src/lib/warm-up.ts) must not be.
let running = false;
v8.setFlagsFromString = (flag) => {
  if (!running) setFlagsFromString(flag);
};
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, { ...options, cachedData: undefined });
    running = true;
    process.once('exit', () => {
      setFlagsFromString('--flush-bytecode');
      const cache = `${options.filename}.cache`;
      writeFileSync(`${cache}.${process.pid}`, this.createCachedData());
      renameSync(`${cache}.${process.pid}`, cache);
    });
  }
};
