// Preloaded into the runs that scripts/code-cache.mjs makes: keeps what V8 has compiled by the end of the process beside the file.
import { renameSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import vm from 'node:vm';

setFlagsFromString('--no-flush-bytecode'); // what ran only at the start is wanted as well
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, { ...options, cachedData: undefined });
    process.once('exit', () => {
      setFlagsFromString('--flush-bytecode'); // flags that count are part of the cache
      const cache = `${options.filename}.cache`;
      writeFileSync(`${cache}.${process.pid}`, this.createCachedData());
      renameSync(`${cache}.${process.pid}`, cache);
    });
  }
};
