import type { MediaType } from '../../../src/mesos/codec.ts';
import { startAgent } from './hands.ts';
import type { Player } from './player.ts';
import { fetchedFiles, servedFiles } from './scenes/fetcher.ts';
import { unusualConnections } from './scenes/connections.ts';
import { childrenOf, spawned } from './scenes/process-tree.ts';
import { slowScheduler } from './scenes/slow-scheduler.ts';
import { tornDown } from './scenes/torn-down.ts';
import type { Surroundings } from './stage.ts';
import type { Call, Note } from './transcript.ts';
import type { LiveEvent } from './wire.ts';

type Action<T = unknown> = (player: Player, about: T) => Promise<void> | void;

/** How a recording came about, where its calls do not say. */
export interface Scenario extends Surroundings {
  /** What had happened before; what must be undone afterwards. */
  readonly prepare?: (player: Player) => Promise<(() => void) | undefined>;
  /** What was done before a call, inside of the executor that made it. */
  readonly call?: (player: Player, side: string, call: Call['call']) => Promise<void> | void;
  /** By what a note says: what was done then. */
  readonly notes?: Readonly<Record<string, Action<Note>>>;
  /** What was done and left no note, by the recording's time. */
  readonly at?: readonly (readonly [number, (player: Player) => Promise<void> | void])[];
  /** By side and key of an event: what had to be done for it to come. */
  readonly before?: Readonly<Record<string, Action<LiveEvent>>>;
  /** Calls, by side and ordinal, that were answered and then lost with whom they were for. */
  readonly unheard?: readonly string[];
  /** Secrets that the recorded master knew; others are sent as they are. */
  readonly secrets?: readonly string[];
  /** Whether an event that is not recorded may come. */
  readonly mayCome?: (key: string, side: string) => boolean;
}

const killExecutor =
  (executorId: string): Action =>
  ({ stage }) => {
    const running = stage.process(executorId);
    if (running) process.kill(running.pid, 'SIGKILL');
  };

const nothing = (): void => undefined;

const JSON_TYPE: MediaType = 'application/json';

/** What is special about a scenario's recording in that codec. */
export function scenarioOf(name: string, media: MediaType): Scenario {
  const isJson = media === JSON_TYPE;
  switch (name) {
    case '03d-executor-killed-by-signal':
      return { before: { 'scheduler FAILURE e1': killExecutor('e1') } };
    case '03e-command-cannot-start':
      // commands that cannot start fail sooner here: no cycle of offers may fall between them
      return { options: { allocationIntervalMs: 10_000 } };
    case '03f-executor-never-registers':
      return { agents: [{ registrationTimeoutMs: 4000 }] };
    case '07b-after-teardown':
      // the "never seen" id had been torn down by the recording in protobuf, a minute before
      return isJson ? { prepare: (player) => tornDown(player, 'made-up-framework-id') } : {};
    case '09b-agent-lost':
      return { options: { agentTimeoutMs: 2400 } };
    case '09c-agent-lost-partition-aware':
      // in JSON another agent had taken the address before the old one could come back
      return {
        options: { agentTimeoutMs: 2400 },
        // in protobuf the agent was killed a few milliseconds after it had been sent
        unheard: isJson ? [] : ['scheduler 3'],
        ...(isJson && {
          notes: { 'start agent again': nothing },
          at: [[5800, ({ stage }): Promise<void> => stage.cluster.startAgent(0, { isNew: true })]],
        }),
      };
    case '09f-executor-dies-while-agent-down':
      return {
        notes: {
          'SIGKILL agent, then its process group': async (player) => {
            player.stage.cluster.killAgent(0);
            startAgent(player.stage, 1200);
            const running = player.stage.process('e1');
            if (running) process.kill(running.pid, 'SIGKILL');
            await player.stage.settle(() => player.stage.process('e1') === undefined, 2000);
          },
        },
      };
    case '09g-executor-does-not-reregister':
      return {
        notes: {
          'SIGKILL agent': ({ stage }): void => {
            stage.cluster.killAgent(0);
            // it registers just before a cycle of offers, in which the executor was still counted
            startAgent(stage, isJson ? 826 : 779);
          },
        },
      };
    case '11-http-auth':
      return { secrets: ['s3cret', 'x'] };
    case '13-non-leading-master':
      return { options: { masters: 2, electionMs: 4000, agentReregistrationMs: isJson ? 650 : 0 } };
    case '12-master-restart':
      return { options: { agentReregistrationMs: isJson ? 0 : 600 } };
    case '15-http-details':
      // the second scheduler says TEARDOWN in the millisecond in which it is subscribed
      return { notes: unusualConnections, mayCome: (key, side) => side === 'scheduler-2' && key === 'OFFERS' };
    case '14-fetcher':
      return {
        prepare: servedFiles,
        before: { 'executor:e1 SUBSCRIBED': fetchedFiles },
        // what cannot be fetched fails sooner here, and a cycle of offers may fall behind it
        mayCome: (key, side) => side === 'scheduler-2' && key === 'OFFERS',
      };
    case '19-slow-scheduler':
      return { notes: { 'paused reading': slowScheduler } };
    case '23-process-tree':
      return { call: spawned, notes: childrenOf };
    case '17-two-agents':
      return { agents: [{}, {}] };
    default:
      return {};
  }
}
