import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../../../support/test-cluster.ts';
import type { Player } from '../player.ts';
import type { Call, Note } from '../transcript.ts';

const WAYS = {
  plain: 'sleep 300 & echo $! >plain',
  detached: 'setsid sleep 300 & echo $! >detached',
  double: '(setsid sleep 301 & echo $! >double)',
} as const;
type Way = keyof typeof WAYS;
const EACH = Object.keys(WAYS) as Way[]; // of a literal of our own

const spawnedBy = new WeakMap<Player, Map<Way, number>>();

/** A recorded executor told of each child that it had made; its stand-in makes the same, just before. */
export async function spawned(player: Player, side: string, call: Call['call']): Promise<void> {
  const { message, framework_id: framework } = call as { message?: { data: string }; framework_id?: { value: string } };
  const way = EACH.find((one) =>
    Buffer.from(message?.data ?? '', 'base64')
      .toString()
      .startsWith(`spawned ${one} `),
  );
  const id = side.split(':')[1] ?? '';
  const running = player.stage.process(id);
  if (!way || !running) return;
  const file = join(player.stage.environmentOf(running.pid)['MESOS_SANDBOX'] ?? '', way);
  await player.stage.order(player.likeness.text(framework?.value ?? ''), id, WAYS[way]);
  await player.stage.settle(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'), 2000);
  const pid = Number(readFileSync(file, 'utf8'));
  const children = spawnedBy.get(player) ?? new Map<Way, number>();
  spawnedBy.set(player, children.set(way, pid));
  await player.stage.settle(() => commandOf(pid).startsWith('sleep\0'), 2000); // setsid has done its work
}

function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
}

/** The notes list the processes that were left: each executor's children share their fate with those here. */
export const childrenOf = {
  'sleeps left': compare,
  'after SHUTDOWN (executor exits itself)': compare,
  'after the agent killed it': compare,
};

async function compare(player: Player, { t, note }: Note): Promise<void> {
  const children = spawnedBy.get(player) ?? new Map<Way, number>();
  spawnedBy.delete(player);
  const wanted = EACH.filter((way) => survives(note, way));
  const alive = (): Way[] => EACH.filter((way) => isAlive(children.get(way) ?? 0));
  await player.stage.settle(() => alive().join() === wanted.join(), 500);
  if (alive().join() !== wanted.join()) player.report(t, `children left: ${wanted.join()}, here ${alive().join()}`);
  for (const pid of children.values()) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
}

/** By the lines of ps, "PID PPID PGID COMMAND": only the double-forked slept 301 s, only a detached one led a group. */
function survives(note: string, way: Way): boolean {
  const lines = [...note.matchAll(/(\d+) +\d+ +(\d+) (sleep 30\d)/g)];
  return lines.some(([, pid, group, command]) => {
    if (way === 'double') return command === 'sleep 301';
    return command === 'sleep 300' && (way === 'detached') === (pid === group);
  });
}
