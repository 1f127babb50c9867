import { expect, test } from 'vitest';
import { ByteQueue } from '../../../src/mesos/byte-queue.ts';
import { collect } from '../../support/collect.ts';

test('items come out in order, those that come while reading too', async () => {
  const queue = new ByteQueue<number>(100);
  queue.push(1, 10);
  queue.push(2, 10);
  const got: number[] = [];
  for await (const item of queue) {
    got.push(item);
    if (item === 1) queue.push(3, 10);
    if (item === 3) setTimeout(() => queue.push(4, 10), 1);
    if (item === 4) queue.end();
  }
  expect(got).toEqual([1, 2, 3, 4]);
});

test('what is queued is read after the end, what comes later is not', async () => {
  const queue = new ByteQueue<number>(100);
  queue.push(1, 10);
  queue.end();
  queue.push(2, 10);
  expect(await collect(queue)).toEqual([1]);
});

test('what is read makes room', async () => {
  const queue = new ByteQueue<number>(25);
  queue.push(0, 10);
  let got = 0;
  for await (const item of queue) {
    got++;
    if (item < 100) queue.push(item + 1, 20);
    else queue.end();
  }
  expect(got).toBe(101);
});

test('past the bound the reader gets an error, at once', async () => {
  const queue = new ByteQueue<number>(25);
  for (const item of [1, 2, 3]) queue.push(item, 10);
  await expect(collect(queue)).rejects.toMatchObject({
    code: 'MESOS_QUEUE_FULL',
    message: 'events come faster than they are handled: 2 events of 20 bytes are waiting',
  });
});

test('an item that is greater than the bound passes when it is alone', async () => {
  const queue = new ByteQueue<string>(10);
  queue.push('big', 1000);
  queue.end();
  expect(await collect(queue)).toEqual(['big']);
});
