import type { TaskState } from '../mesos/messages.generated.ts';

const TERMINAL: ReadonlySet<TaskState> = new Set([
  'TASK_FINISHED',
  'TASK_FAILED',
  'TASK_KILLED',
  'TASK_LOST',
  'TASK_ERROR',
  'TASK_DROPPED',
  'TASK_GONE',
  'TASK_GONE_BY_OPERATOR',
]);

/** Whether Mesos never changes the state again by an update; UNREACHABLE and UNKNOWN are not terminal. */
export function isTerminal(state: TaskState): boolean {
  return TERMINAL.has(state);
}
