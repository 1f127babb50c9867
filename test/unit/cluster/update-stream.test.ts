import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UpdateStream } from '../../../src/cluster/agent/update-stream.ts';
import type { TaskState, TaskStatus } from '../../../src/mesos/messages.generated.ts';
import { TurnedClock } from '../../support/turned-clock.ts';

const status = (n: number, state: TaskState = 'TASK_RUNNING'): TaskStatus => ({
  task_id: { value: 't' },
  state,
  uuid: Uint8Array.of(n),
});

function stream(): { clock: TurnedClock; sent: number[]; updates: UpdateStream } {
  const clock = new TurnedClock();
  const sent: number[] = [];
  return { clock, sent, updates: new UpdateStream(clock, ({ uuid }) => sent.push(uuid?.[0] ?? -1)) };
}

test('one update is in flight; the next follows its acknowledgement', () => {
  const { sent, updates } = stream();
  updates.add(status(1));
  updates.add(status(2, 'TASK_FINISHED'));
  expect(sent).toEqual([1]);
  updates.acknowledge(Uint8Array.of(2)); // not the one in flight
  expect(sent).toEqual([1]);
  updates.acknowledge(Uint8Array.of(1));
  expect(sent).toEqual([1, 2]);
  expect(updates.isDone).toBe(false);
  updates.acknowledge(Uint8Array.of(2));
  expect(updates.isDone).toBe(true);
});

test('an update is sent again after 10 s, 20 s, … and never later than after 10 min', () => {
  const { clock, sent, updates } = stream();
  updates.add(status(1));
  const at: number[] = [];
  for (let second = 1; second <= 3000; second++) {
    const before = sent.length;
    clock.turn(1000);
    if (sent.length > before) at.push(second);
  }
  expect(at).toEqual([10, 30, 70, 150, 310, 630, 1230, 1830, 2430]);
  updates.acknowledge(Uint8Array.of(1));
  const count = sent.length;
  clock.turn(10_000_000);
  expect(sent).toHaveLength(count);
});

test('a resumed stream sends at once, and starts with 10 s again', () => {
  const { clock, sent, updates } = stream();
  updates.add(status(1));
  clock.turn(35_000);
  expect(sent).toHaveLength(3);
  updates.resume();
  expect(sent).toHaveLength(4);
  clock.turn(10_000);
  expect(sent).toHaveLength(5);
});

test('whatever is added and resumed, updates arrive once each, in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom('ack', 'resume', 'time'))),
      (steps) => {
        const { clock, sent, updates } = stream();
        const added: number[] = [];
        const arrived: number[] = [];
        for (const step of steps) {
          if (step === 'resume') updates.resume();
          else if (step === 'time') clock.turn(10_000);
          else if (step === 'ack') {
            const last = sent.at(-1);
            if (last === undefined || arrived.includes(last)) continue;
            arrived.push(last);
            updates.acknowledge(Uint8Array.of(last));
          } else if (typeof step === 'number') {
            if (!added.includes(step)) added.push(step);
            updates.add(status(step));
          }
        }
        expect(arrived).toEqual(added.slice(0, arrived.length));
        expect(new Set(sent)).toEqual(new Set(added.slice(0, arrived.length + 1)));
      },
    ),
  );
});
