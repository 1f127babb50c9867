import { expect, test } from 'vitest';
import { leaderNode, masterUrl } from '../../../src/mesos/leader-node.ts';

test.each([
  [['json.info_0000000007', 'json.info_0000000003', 'json.info_0000000012'], 'json.info_0000000003'],
  [['log_replicas', 'info_0000000001', 'json.info_0000000002'], 'json.info_0000000002'],
  [['json.info_2147483647', 'json.info_-2147483648'], 'json.info_-2147483648'],
  [['log_replicas', 'info_0000000001'], undefined],
  [[], undefined],
])('of %j leads %s', (children, leader) => {
  expect(leaderNode(children)).toBe(leader);
});

// As a real master writes it.
const info = {
  address: { hostname: 'm1.example', ip: '10.0.0.7', port: 5050 },
  capabilities: [{ type: 'AGENT_UPDATE' }],
  hostname: 'm1.example',
  id: '5d1b4b2f-7c1b-4b8e-9d0a-6d4f6f3b9f6e',
  ip: 117440522,
  pid: 'master@10.0.0.7:5050',
  port: 5050,
  version: '1.11.0',
};

test.each([
  ['by http at its IP address', 'http', info, 'http://10.0.0.7:5050/'],
  ['by https at the name in its certificate', 'https', info, 'https://m1.example:5050/'],
  ['at an IPv6 address', 'http', { address: { ip: '2001:db8::7', port: 5051 } }, 'http://[2001:db8::7]:5051/'],
  ['at its hostname when it tells no address', 'http', { hostname: 'm1', port: 5050, ip: 1 }, 'http://m1:5050/'],
  ['nowhere when it tells no port', 'http', { hostname: 'm1' }, undefined],
  ['nowhere when its host is none', 'http', { hostname: 'a b', port: 5050 }, undefined],
] as const)('a master is found %s', (_, scheme, data, url) => {
  expect(masterUrl(Buffer.from(JSON.stringify(data)), scheme)?.href).toBe(url);
});

test.each(['', 'null', '[]', '\u0000binary'])('data that is no MasterInfo (%j) tells nothing', (data) => {
  expect(masterUrl(Buffer.from(data), 'http')).toBeUndefined();
});
