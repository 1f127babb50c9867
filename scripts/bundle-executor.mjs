// Bundles the executor into one file, dist/executor.mjs: what agents fetch and run with `node executor.mjs`.
import { build } from 'esbuild';

await build({
  entryPoints: ['src/executor/main.ts'],
  outfile: 'dist/executor.mjs',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
  // Bundled CommonJS packages call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
