import { join } from 'node:path';
import { runCached } from '../lib/code-cache.ts';

// Bundled into dist/cli/main.js, which is what `pinspider` names.
runCached(join(import.meta.dirname, '../pinspider.cjs'));
