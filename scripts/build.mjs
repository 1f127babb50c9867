// Builds dist/: the command (dist/cli/main.js and what it loads on demand) and the executor (dist/executor.mjs, one file, which
// agents fetch and run with `node executor.mjs`). Bundled, since loading hundreds of small modules took longer than all else that
// happens before the first request. Types are checked by `npm run lint`.
//   build.mjs [--to FOLDER] [--maps]      elsewhere, and with source maps beside the bundles, as a profiler of the bench wants it
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const { to, maps } = parseArgs({
  options: { to: { type: 'string', default: 'dist' }, maps: { type: 'boolean', default: false } },
}).values;

const common = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // Names stay: V8 was measured to load the fully minified file more slowly, and stack traces remain readable.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
  sourcemap: maps && 'external',
  // Bundled CommonJS packages call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

const json = async (path) => JSON.parse(await readFile(path, 'utf8'));

/** Puts the compiled validator of jobs in the place of the module that compiles it. */
const compiledValidator = {
  name: 'compiled-validator',
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]job[\\/]compile-validator\.ts$/ }, async () => {
      const options = await json('src/job/validator-options.json');
      const ajv = new Ajv({ ...options, code: { source: true, esm: true, optimize: 1 } });
      const validate = ajv.compile(await json('schemas/job.schema.json'));
      const source = standalone.default(ajv, validate).replace('export default', 'const validator =');
      return { contents: `${source};export const compileValidator = () => validator;`, resolveDir: process.cwd() };
    });
  },
};

await rm(to, { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: ['src/cli/main.ts'],
    outdir: join(to, 'cli'),
    splitting: true,
    // Finds its binary beside itself.
    external: ['classic-level'],
    plugins: [compiledValidator],
  }),
  build({
    ...common,
    entryPoints: ['src/executor/main.ts'],
    outfile: join(to, 'executor.mjs'),
    alias: { undici: './scripts/undici-client.mjs' },
  }),
]);
