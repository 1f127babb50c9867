import { join } from 'node:path';
import { runCached } from '../lib/code-cache.ts';

// Bundled into dist/start-executor.cjs: what an agent starts that finds the program where it was built.
runCached(join(import.meta.dirname, 'executor.cjs'));
