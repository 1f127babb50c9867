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
// What a process does before a function is worth V8's optimizing compiler, which takes two fifths of all instructions of a crawl of 1,000 pages.
// Three times V8's own measure saves the command 6 % of all. An executor would save twice that, and lose a tenth of its time on 10,000 small pages.
const BUDGET_FLAG = '--interrupt-budget';
/** V8's default: left higher, what is called now and then would stay slow for too long, which costs long crawls a tenth. */
const WARM_BUDGET = 67_584;
const COLD_BUDGETS = { command: 200_000, executor: WARM_BUDGET };
// How much may be compiled into a function that calls it, bytes of bytecode. Two fifths of V8's default save 5 to 6 % of all instructions of
// crawls of 500, 1,000 and 10,000 pages, and cost 60,000 none; less than that slows what is hottest.
const INLINING_FLAG = '--max-inlined-bytecode-size-cumulative';
const COLD_INLINING = 400;
/** V8's default. */
const WARM_INLINING = 920;
/** How long a process counts as cold. */
const COLD_MS = 2000;

interface WarmUp {
  /** Of V8, as in `process.versions`. */
  readonly v8: string;
  readonly setFlag: (flag: string) => void;
  readonly coldMs: number;
}

/**
 * Lets V8 wait longer before it optimizes, and optimize less at a time, for the first seconds of a process. To be called when all modules are
 * loaded: the code that is kept for the program (`code-cache.ts`), and that which Node bears of its own modules, is refused under other flags than
 * it was made with. Holds no process.
 */
export function warmUpGently(
  who: keyof typeof COLD_BUDGETS,
  { v8 = process.versions.v8, setFlag = setFlagsFromString, coldMs = COLD_MS }: Partial<WarmUp> = {},
): void {
  if (!MEASURED_V8.test(v8)) return;
  const setBoth = (budget: number, inlining: number): void => {
    setFlag(`${BUDGET_FLAG}=${budget}`);
    setFlag(`${INLINING_FLAG}=${inlining}`);
  };
  setFlag(PARSER_FLAG);
  setBoth(COLD_BUDGETS[who], COLD_INLINING);
  setTimeout(setBoth, coldMs, WARM_BUDGET, WARM_INLINING).unref();
}

/** Once the parser of HTTP is at work, other WebAssembly need not wait: the kernel that reads pages, whose functions are small. */
export function warmUpModules({
  v8 = process.versions.v8,
  setFlag = setFlagsFromString,
}: Partial<Pick<WarmUp, 'v8' | 'setFlag'>> = {}): void {
  if (MEASURED_V8.test(v8)) setFlag(MODULES_FLAG);
}
