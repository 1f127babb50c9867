import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { feedAddress } from '../../src/cli/feed-address.ts';

// Nothing is sent there: addresses for documentation, that lead nowhere.
const ELSEWHERE = { host: '192.0.2.7', port: 5050 };
const HERE = { host: '127.0.0.1', port: 1 };

test('what the job says is advertised; loopback is listened on alone, anything else everywhere', async () => {
  expect(await feedAddress('127.0.0.2:8081', 'j', [HERE])).toEqual({
    feed: { listen: '127.0.0.2', port: 8081, advertise: '127.0.0.2:8081' },
  });
  expect(await feedAddress('192.0.2.1:8081', 'j', [ELSEWHERE])).toEqual({
    feed: { listen: '0.0.0.0', port: 8081, advertise: '192.0.2.1:8081' },
  });
  expect((await feedAddress('[2001:db8::1]:8081', 'j', [ELSEWHERE])).feed.listen).toBe('::');
  expect((await feedAddress('[::1]', 'j', [HERE])).feed).toMatchObject({ listen: '::1', advertise: '[::1]' });
});

test('without a port the name of the job chooses one, always the same, and any will do when it is taken', async () => {
  const { feed } = await feedAddress('192.0.2.1', 'nightly', [ELSEWHERE]);
  expect(feed).toMatchObject({ advertise: '192.0.2.1', orAnyPort: true });
  expect(feed.port).toBeGreaterThanOrEqual(20_000);
  expect(feed.port).toBeLessThan(30_000);
  expect((await feedAddress('192.0.2.2', 'nightly', [HERE])).feed.port).toBe(feed.port);
  expect((await feedAddress('192.0.2.1', 'weekly', [HERE])).feed.port).not.toBe(feed.port);
});

test('a loopback address for a master on another machine is warned of', async () => {
  const { warning } = await feedAddress('localhost:8081', 'j', [HERE, ELSEWHERE]);
  expect(warning).toMatch(/localhost:8081 \((127\.0\.0\.1|::1)\), which is loopback.*advertise: HOST:PORT/);
  expect((await feedAddress('localhost:8081', 'j', [HERE])).warning).toBeUndefined();
  expect((await feedAddress('192.0.2.1', 'j', [ELSEWHERE])).warning).toBeUndefined();
});

test('without advertise it is the address from which a master is reached', async () => {
  const master = createServer().listen(0, '127.0.0.3');
  await once(master, 'listening');
  const { port } = master.address() as AddressInfo;
  const { feed } = await feedAddress(undefined, 'j', [HERE, { host: '127.0.0.3', port }]);
  master.close();
  expect(feed).toMatchObject({ advertise: '127.0.0.1', listen: '127.0.0.1', orAnyPort: true });
});
