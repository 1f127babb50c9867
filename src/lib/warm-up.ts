import { setFlagsFromString } from 'node:v8';

/** Flags count for the V8 that they were measured on, that of Node 20: others compile in other tiers and by other budgets. */
const MEASURED_V8 = /^11\.3\./;

// undici's HTTP parser is WebAssembly, most of it one huge function, which V8 optimized after some ten answers for 0.4 × 10⁹ instructions,
// in each process: two fifths of what a crawl of 40 pages cost altogether. With the greatest budget that there is it does after some hundred
// answers, which what its quick compiler makes of the function serves as well. Each function has the budget of its module's
// start, so that later modules need not wait.
const PARSER_FLAG = `--wasm-tiering-budget=${2 ** 31 - 1}`;
/** V8's default. */
const MODULES_FLAG = '--wasm-tiering-budget=1800000';
// What a process does before a function is worth V8's optimizing compiler: three times V8's own measure saves the command 6 % of all instructions
// of a crawl of 1,000 pages. An executor would save as much there, and lose a tenth on 10,000 small pages.
const FUNCTIONS_FLAG = '--interrupt-budget=200000';
/** V8's default: left higher, what is called now and then would stay slow for too long, which costs long crawls a tenth. */
const WARM_FLAG = '--interrupt-budget=67584';
/** How long a process counts as cold. */
const COLD_MS = 2000;

interface WarmUp {
  /** Whether functions wait too; the parser of HTTP always does. */
  readonly functions: boolean;
  /** Of V8, as in `process.versions`. */
  readonly v8: string;
  readonly setFlag: (flag: string) => void;
  readonly coldMs: number;
}

/**
 * Lets V8 wait longer before it optimizes, for the first seconds of a process. To be called when all modules are loaded: the code that is kept
 * for the program (`code-cache.ts`), and that which Node bears of its own modules, is refused under other flags than it was made with. Holds no
 * process.
 */
export function warmUpGently({
  functions = true,
  v8 = process.versions.v8,
  setFlag = setFlagsFromString,
  coldMs = COLD_MS,
}: Partial<WarmUp> = {}): void {
  if (!MEASURED_V8.test(v8)) return;
  setFlag(PARSER_FLAG);
  if (!functions) return;
  setFlag(FUNCTIONS_FLAG);
  setTimeout(setFlag, coldMs, WARM_FLAG).unref();
}

/** Once the parser of HTTP is at work, other WebAssembly need not wait: the kernel that reads pages, whose functions are small. */
export function warmUpModules({
  v8 = process.versions.v8,
  setFlag = setFlagsFromString,
}: Partial<Pick<WarmUp, 'v8' | 'setFlag'>> = {}): void {
  if (MEASURED_V8.test(v8)) setFlag(MODULES_FLAG);
}
