import { expect, test } from 'vitest';
import { RobotsTexts } from '../../../src/frontier/robots-texts.ts';
import { memoryStore } from '../../../src/store/memory-store.ts';

test('each host has the file that was set last, whatever is kept in memory', () => {
  const store = memoryStore();
  const texts = new RobotsTexts(store);
  const hosts = Array.from({ length: 30 }, (_, i) => `host${String(i)}`);
  const long = (host: string): string => host.repeat(10_000);
  for (const host of hosts) texts.set(host, long(host));
  expect(hosts.map((host) => texts.get(host))).toEqual(hosts.map(long));
  texts.set('host3', 'Disallow: /');
  expect([texts.get('host3'), texts.get('host4'), texts.get('none')]).toEqual(['Disallow: /', long('host4'), '']);
  expect(new RobotsTexts(store).get('host3')).toBe('Disallow: /');
});

test('a file that is asked for again and again is read once, one that others came after anew', () => {
  const store = memoryStore();
  const texts = new RobotsTexts(store);
  texts.set('a', 'first');
  store.put('ra', Buffer.from('changed behind its back'));
  expect(texts.get('a')).toBe('first');
  texts.set('b', 'x'.repeat(1 << 20));
  expect(texts.get('a')).toBe('changed behind its back');
});
