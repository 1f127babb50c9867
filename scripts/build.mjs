// Builds dist/: the command (dist/pinspider.cjs, started by dist/cli/main.js) and the executor (dist/executor.cjs, one file, which
// agents fetch and run with `node executor.cjs`; dist/start-executor.cjs starts it where it was built). Bundled, since loading
// hundreds of small modules took longer than all else that happens before the first request; CommonJS, since V8 takes compiled
// code back only for scripts. Types are checked by `npm run lint`.
//   build.mjs [--to FOLDER] [--maps]      elsewhere, and with source maps beside the bundles, as a profiler of the bench wants it
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { recordCodeCache } from './code-cache.mjs';

const { to, maps } = parseArgs({
  options: { to: { type: 'string', default: 'dist' }, maps: { type: 'boolean', default: false } },
}).values;

const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Names stay: V8 was measured to load the fully minified file more slowly, and stack traces remain readable.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
  sourcemap: maps && 'external',
  define: { 'import.meta.dirname': '__dirname' },
  alias: { undici: './scripts/undici-client.mjs' },
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

/**
 * What of a bundle is no plain text of its own: the binding of classic-level, which finds its binary beside itself, and HTTP/2 of
 * undici, which few jobs want and which loads all of node:http2.
 */
const onDemand = {
  name: 'on-demand',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\.\/binding$/ }, ({ importer }) =>
      /[\\/]classic-level[\\/]/.test(importer) ? { path: 'classic-level/binding.js', external: true } : undefined,
    );
    onLoad({ filter: /undici[\\/]lib[\\/]dispatcher[\\/]client-h2\.js$/ }, ({ path, suffix }) =>
      suffix === '?whole'
        ? undefined
        : {
            contents: `module.exports = (...args) => require('./client-h2.js?whole')(...args);`,
            resolveDir: dirname(path),
          },
    );
  },
};

/**
 * Tables of HTML's references, which htmlparser2's package `entities` decodes from base64 as it is loaded: by Node instead of character by
 * character, which took each process 20 × 10⁶ instructions.
 */
const nativeTables = {
  name: 'native-tables',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]entities[\\/]dist[\\/]esm[\\/]internal[\\/]decode-shared\.js$/ }, () => ({
      contents: `export function decodeBase64(input) {
        const bytes = Buffer.from(input, 'base64');
        // little-endian, as all machines are that Node runs on but s390x; there it is turned
        if (new Uint8Array(Uint16Array.of(1).buffer)[0] === 0) bytes.swap16();
        return new Uint16Array(new Uint8Array(bytes.subarray(0, bytes.length & ~1)).buffer);
      }`,
    }));
  },
};

await rm(to, { recursive: true, force: true });
await mkdir(join(to, 'cli'), { recursive: true });
await Promise.all([
  build({
    ...common,
    entryPoints: ['src/cli/main.ts'],
    outfile: join(to, 'pinspider.cjs'),
    plugins: [compiledValidator, onDemand, nativeTables],
  }),
  build({
    ...common,
    entryPoints: ['src/executor/main.ts'],
    outfile: join(to, 'executor.cjs'),
    plugins: [onDemand, nativeTables],
  }),
  build({
    ...common,
    entryPoints: ['src/cli/start.ts'],
    outfile: join(to, 'cli/main.js'),
    banner: { js: '#!/usr/bin/env node' },
  }),
  build({ ...common, entryPoints: ['src/executor/start.ts'], outfile: join(to, 'start-executor.cjs') }),
  writeFile(join(to, 'cli/package.json'), '{ "type": "commonjs" }\n'),
]);
await chmod(join(to, 'cli/main.js'), 0o755);
await recordCodeCache(to);
