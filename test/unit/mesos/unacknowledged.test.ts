import { expect, test } from 'vitest';
import type { TaskStatus } from '../../../src/mesos/messages.generated.ts';
import { Unacknowledged } from '../../../src/mesos/unacknowledged.ts';

const task = (id: string) => ({ name: id, task_id: { value: id }, agent_id: { value: 'S' } });
const status = (id: string, uuid: number): TaskStatus => ({
  task_id: { value: id },
  state: 'TASK_RUNNING',
  uuid: new Uint8Array(16).fill(uuid),
});
const acknowledged = ({ task_id, uuid = new Uint8Array() }: TaskStatus) =>
  ({ type: 'ACKNOWLEDGED', acknowledged: { task_id, uuid } }) as const;

test('a task is carried until its first update is acknowledged, an update until it is', () => {
  const held = new Unacknowledged();
  held.learn({ type: 'LAUNCH', launch: { task: task('a') } });
  held.learn({ type: 'LAUNCH_GROUP', launch_group: { task_group: { tasks: [task('b'), task('c')] } } });
  const [starting, running, other] = [status('a', 1), status('a', 2), status('b', 3)];
  for (const one of [starting, running, other]) held.add(one);
  held.learn(acknowledged(starting));
  expect(held.subscribe()).toEqual({
    unacknowledged_tasks: [task('b'), task('c')],
    unacknowledged_updates: [{ status: running }, { status: other }],
  });
  held.learn(acknowledged(running));
  held.learn(acknowledged(other));
  held.learn(acknowledged(other)); // agents repeat themselves
  expect(held.size).toBe(0);
  expect(held.subscribe()).toEqual({ unacknowledged_tasks: [task('c')], unacknowledged_updates: [] });
});

test('an acknowledgement of something else settles no update', () => {
  const held = new Unacknowledged();
  held.add(status('a', 1));
  held.learn(acknowledged(status('a', 9)));
  expect(held.size).toBe(1);
});
