import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { warmUpGently, warmUpModules } from '../../../src/lib/warm-up.ts';

test.each([
  ['command', 200_000],
  ['executor', 67_584],
] as const)('V8 optimizes a cold %s later and less, and as always when it is warm', async (who, budget) => {
  const flags: string[] = [];
  const warm = new Promise<void>((resolve) => {
    warmUpGently(who, {
      v8: '11.3.244.8-node.26',
      setFlag: (flag) => {
        flags.push(flag);
        if (flag === '--max-inlined-bytecode-size-cumulative=920') resolve();
      },
      coldMs: 1,
    });
  });
  expect(flags).toEqual([
    '--wasm-tiering-budget=2147483647',
    `--interrupt-budget=${budget}`,
    '--max-inlined-bytecode-size-cumulative=400',
  ]);
  await Promise.all([warm, sleep(10)]); // the timer itself holds no process
  expect(flags.slice(3)).toEqual(['--interrupt-budget=67584', '--max-inlined-bytecode-size-cumulative=920']);
});

test('once the parser of HTTP is there, other modules wait no longer than always', () => {
  const flags: string[] = [];
  warmUpModules({ v8: '11.3.244.8-node.26', setFlag: (flag) => flags.push(flag) });
  expect(flags).toEqual(['--wasm-tiering-budget=1800000']);
});

test.each(['12.4.254.21-node.33', '13.6.233.10-node.18', '111.3.1'])('V8 %s keeps its own flags', async (v8) => {
  const flags: string[] = [];
  warmUpGently('command', { v8, setFlag: (flag) => flags.push(flag), coldMs: 1 });
  warmUpModules({ v8, setFlag: (flag) => flags.push(flag) });
  await sleep(10);
  expect(flags).toEqual([]);
});
