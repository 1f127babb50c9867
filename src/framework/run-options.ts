import type { Writable } from 'node:stream';
import type { FeedServerOptions } from '../feed/server.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import type { SchedulerClientOptions } from '../mesos/scheduler-client.ts';
import type { Log } from '../observe/log.ts';
import type { CommitStep } from './commit.ts';
import type { Delivery } from './infos.ts';
import type { Snapshot } from './snapshot.ts';

export interface RunOptions {
  readonly job: ResolvedJob;
  /** The job's state directory, whose lock the caller holds. */
  readonly stateDir: string;
  /** Starts over when the last run was interrupted. */
  readonly fresh: boolean;
  readonly masters: SchedulerClientOptions['masters'];
  readonly tls?: SchedulerClientOptions['tls'];
  /** The cluster ends with this process: what the last one left of frameworks and tasks is gone. */
  readonly ownCluster: boolean;
  readonly credential?: { readonly principal: string; readonly secret: string } | undefined;
  /** How long no master may answer before the run fails, ms. */
  readonly giveUpAfterMs: number;
  /** Where the feed listens, and the host:port under which agents reach it (port 0: the one that it got). */
  readonly feed: Pick<FeedServerOptions, 'port' | 'orAnyPort'> & {
    readonly listen: string;
    readonly advertise: string;
  };
  /** The executor program: where it lies, or its bytes to be served to agents. */
  readonly executor:
    { readonly delivery: Delivery } | { readonly serve: { readonly path: string; readonly bytes: Uint8Array } };
  readonly stdout: Writable;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
  /** Aborted = interrupted: tasks settle what they hold, then the run ends. */
  readonly signal: AbortSignal;
  /** Aborted before `signal`: what runs on the cluster goes on, to be taken up by the next run within `failover_timeout`. */
  readonly handOver?: AbortSignal | undefined;
  /** Called once with a function that tells how things stand. */
  readonly watch?: ((snapshot: () => Snapshot) => void) | undefined;
  /** Tells the user what is being done with the state of the last run. */
  readonly notice: (text: string) => void;
  /** For tests, which end the process between the steps of a commit. */
  readonly step?: ((step: CommitStep) => void) | undefined;
}
