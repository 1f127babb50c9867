import type { Player } from './player.ts';
import type { Stage } from './stage.ts';
import type { Note, Transcript } from './transcript.ts';

/** What was done to a recorded cluster by hand, by what the notes say of it. */
export const NOTES: Readonly<Record<string, (player: Player, note: Note) => Promise<void> | void>> = {
  'SIGKILL agent': ({ stage }) => stage.cluster.killAgent(0),
  'start agent again': ({ stage }) => startAgent(stage),
  'SIGUSR1 to agent': ({ stage }) => stage.cluster.removeAgent(0),
  'SIGKILL master': ({ stage }) => stage.cluster.killMaster(),
  'SIGTERM master': ({ stage }) => stage.cluster.killMaster(),
  'SIGKILL the leader': ({ stage }) => stage.cluster.killMaster(),
  'master up again': ({ stage }) => void stage.cluster.startMaster({ recoveryMs: 200 }),
};

/** A real agent takes a while from its start to its first answer. */
export function startAgent(stage: Stage, afterMs = 150): void {
  stage.clock.after(afterMs, () => void stage.cluster.startAgent(0));
}

/** When the recorded master's cycle of offers fell: at an OFFERS that no call had asked for. */
export function offersAt({ entries }: Transcript): number {
  const asked = entries
    .filter((e) => e.kind === 'call' && ['SUBSCRIBE', 'REVIVE'].includes(String(e.call['type'])))
    .map(({ t }) => t);
  const cyclic = entries.find(
    (e) => e.kind === 'event' && e.event.type === 'OFFERS' && !asked.some((t) => e.t >= t && e.t - t < 200),
  );
  // no cycle brought anything while somebody listened: the last one came just before, or a moment later
  const end = Math.max(0, ...entries.filter((e) => e.kind === 'end').map(({ t }) => t));
  return cyclic?.t ?? end + 1;
}
