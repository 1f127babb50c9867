import { assignmentCodec, type Sparse } from '../feed/messages.ts';
import type { Answer } from '../feed/messages.generated.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import type { Launch } from './core-types.ts';

/** What tasks of a run are told alike. */
export interface AssignmentBase {
  readonly job: ResolvedJob;
  /** Address that executors report to, and the token they show. */
  readonly feedUrl: string;
  readonly token: string;
  /** JSON of the compiled job part, by lane. */
  readonly work: readonly Uint8Array[];
}

/** TaskInfo.data: all that an executor needs to begin, its first requests among it. */
export function assignmentOf(
  { job, feedUrl, token, work }: AssignmentBase,
  { taskId, lane }: Launch,
  first: Sparse<Answer>,
): Uint8Array {
  return assignmentCodec.encode({
    feed_url: feedUrl,
    token,
    task_id: taskId,
    job: job.name,
    work: work[lane] ?? new Uint8Array(),
    urls_per_task: job.mesos.urlsPerTask,
    first,
  });
}
