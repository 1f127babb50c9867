// Preloaded into a program under test: tells on stderr which scripts V8 took compiled.
const vm = require('node:vm');

vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    if (options?.cachedData) console.error(`compiled code of ${options.filename} rejected: ${this.cachedDataRejected}`);
  }
};
