// Preloaded into a program under test: tells on stderr, in order, which scripts V8 took compiled, and which flags of V8 were set, and
// whether the largest of Node's own modules that it uses were loaded by then.
const v8 = require('node:v8');
const vm = require('node:vm');

vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    if (options?.cachedData) console.error(`compiled code of ${options.filename} rejected: ${this.cachedDataRejected}`);
  }
};

const { setFlagsFromString } = v8;
v8.setFlagsFromString = (flag) => {
  setFlagsFromString(flag);
  const loaded = ['http', 'tls', 'zlib'].every((name) => process.moduleLoadList.includes(`NativeModule ${name}`));
  console.error(`${loaded ? 'loaded' : 'loading'}, flag ${flag}`);
};
