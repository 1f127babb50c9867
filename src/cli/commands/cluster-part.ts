import { once } from 'node:events';
import { runPart } from '../../cluster/parts/child.ts';
import type { Terminal } from '../terminal.ts';

/** `pinspider cluster-part`: what `pinspider cluster` starts for its master and for each agent. Not for people. */
export async function clusterPart(terminal: Terminal): Promise<number> {
  const over = new AbortController();
  process.once('disconnect', () => over.abort());
  const role = once(process, 'message').then(([message]: unknown[]) => message);
  await runPart({
    role,
    report: (report) => process.send?.(report),
    over: AbortSignal.any([over.signal, terminal.interrupted]),
    log: (line) => terminal.stderr.write(`${line}\n`),
  });
  return 0;
}
