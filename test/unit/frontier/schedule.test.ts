import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NOWHERE, Schedule, type Scheduled } from '../../../src/frontier/schedule.ts';

interface Item extends Scheduled {
  readonly name: number;
}

const newItem = (name: number): Item => ({ name, place: NOWHERE, at: 0, before: undefined, after: undefined });

const step = fc.oneof(
  fc.record({ type: fc.constant('place'), item: fc.nat({ max: 9 }), at: fc.nat({ max: 50 }) }),
  fc.record({ type: fc.constant('remove'), item: fc.nat({ max: 9 }), at: fc.constant(0) }),
  fc.record({ type: fc.constant('take'), item: fc.constant(0), at: fc.constant(0) }),
  fc.record({ type: fc.constant('wait'), item: fc.constant(0), at: fc.nat({ max: 20 }) }),
);

test('it gives what is due, each in its turn, as a plain list would', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const items = Array.from({ length: 10 }, (_, name) => newItem(name));
      const schedule = new Schedule<Item>();
      let line: number[] = [];
      const waiting = new Map<number, number>();
      let now = 0;
      for (const { type, item, at } of steps) {
        const it = items[item] ?? newItem(-1);
        if (type === 'place') {
          schedule.place(it, at, now);
          if (at > now) line = line.filter((name) => name !== item);
          else if (!line.includes(item)) line.push(item);
          if (at > now) waiting.set(item, at);
          else waiting.delete(item);
        } else if (type === 'remove') {
          schedule.remove(it);
          line = line.filter((name) => name !== item);
          waiting.delete(item);
        } else if (type === 'take') {
          expect(schedule.take()?.name).toBe(line.shift());
        } else {
          now += at;
          schedule.advance(now);
          const due = [...waiting].filter(([, time]) => time <= now);
          for (const [name] of due) waiting.delete(name);
          // Those due in one step come by time; equal times in any order.
          const joined = [...schedule.line()].slice(line.length).map(({ name }) => name);
          expect(joined.toSorted()).toEqual(due.map(([name]) => name).toSorted());
          const times = joined.map((name) => due.find(([other]) => other === name)?.[1] ?? -1);
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          line.push(...joined);
        }
        expect([...schedule.line()].map(({ name }) => name)).toEqual(line);
        expect(schedule.ready).toBe(line.length);
        expect(schedule.nextAt()).toBe(Math.min(Infinity, ...waiting.values()));
      }
    }),
  );
});
