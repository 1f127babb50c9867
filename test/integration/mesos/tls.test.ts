import { writeFile } from 'node:fs/promises';
import type { ServerOptions } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schedulerCall, schedulerEvent } from '../../../src/mesos/codec.ts';
import type { SchedulerCall } from '../../../src/mesos/messages.generated.ts';
import { SchedulerClient } from '../../../src/mesos/scheduler-client.ts';
import { readTls, type Tls } from '../../../src/mesos/tls.ts';
import { authority, type Authority, type Identity } from '../../support/authority.ts';
import { endpoint, type Endpoint, open, push, refuse } from './endpoint.ts';

let ca: Authority;
let ours: Identity;
let theirs: Identity;
beforeAll(async () => {
  ca = await authority();
  ours = await ca.issue('scheduler');
  theirs = await ca.issue('master');
});
afterAll(async () => {
  await ca[Symbol.asyncDispose]();
});

const master = (more: ServerOptions = {}): Promise<Endpoint<SchedulerCall>> =>
  endpoint(
    schedulerCall,
    ({ call, response }) => {
      if (call.type !== 'SUBSCRIBE') {
        response.writeHead(202).end();
        return;
      }
      open(response, 's1');
      push(response, schedulerEvent, { type: 'SUBSCRIBED', subscribed: { framework_id: { value: 'F' } } });
    },
    0,
    { cert: theirs.cert, key: theirs.key, ...more },
  );

/** Subscribes and makes a call. */
async function talk(url: string, tls?: Tls): Promise<void> {
  const client = new SchedulerClient({
    masters: [url],
    tls,
    credential: { principal: 'p', secret: 's' },
    subscription: () => ({ frameworkInfo: { user: 'u', name: 'n' } }),
    random: () => 0,
    giveUpAfterMs: 2000,
  });
  try {
    for await (const signal of client.signals(new AbortController().signal)) {
      if (signal.type !== 'event') continue;
      await client.send({ type: 'REVIVE' });
      break;
    }
  } finally {
    await client.close();
  }
}

test('a master of an authority that we are told to trust', async () => {
  await using server = await master();
  await talk(server.url, await readTls({ ca: ca.caFile }));
  expect(server.exchanges.map(({ call }) => call.type)).toEqual(['SUBSCRIBE', 'REVIVE']);
});

test('one of an authority that we do not know gets no word, and no credential', async () => {
  await using server = await master();
  await expect(talk(server.url)).rejects.toMatchObject({
    code: 'MESOS_UNREACHABLE',
    message: expect.stringMatching(/no TLS connection: unable to verify/),
  });
  expect(server.exchanges).toEqual([]);
});

test('one that bears the name of another machine neither', async () => {
  const other = await ca.issue('other', 'DNS:other.example');
  await using server = await master({ cert: other.cert, key: other.key });
  await expect(talk(server.url, await readTls({ ca: ca.caFile }))).rejects.toThrow(/Hostname\/IP does not match/);
  expect(server.exchanges).toEqual([]);
});

describe('a master that wants a certificate of ours', () => {
  const wants = { requestCert: true, rejectUnauthorized: true };

  test('takes it on both connections', async () => {
    await using server = await master({ ...wants, ca: ca.ca });
    await talk(server.url, await readTls({ ca: ca.caFile, cert: ours.certFile, key: ours.keyFile }));
    expect(server.exchanges.map(({ call, connection }) => [call.type, connection])).toEqual([
      ['SUBSCRIBE', 1],
      ['REVIVE', 2],
    ]);
  });

  test('refuses us without one, and the error says what it may be', async () => {
    await using server = await master({ ...wants, ca: ca.ca });
    await expect(talk(server.url, await readTls({ ca: ca.caFile }))).rejects.toMatchObject({
      code: 'MESOS_UNREACHABLE',
      message: expect.stringContaining('certificate'),
    });
  });
});

test('a scheme-relative redirect keeps to TLS', async () => {
  await using leader = await master();
  await using other = await endpoint(
    schedulerCall,
    ({ response }) => refuse(response, 307, '', { location: `//${new URL(leader.url).host}/master/api/v1/scheduler` }),
    0,
    { cert: theirs.cert, key: theirs.key },
  );
  await talk(other.url, await readTls({ ca: ca.caFile }));
  expect(leader.exchanges[0]?.request.url).toBe('/master/api/v1/scheduler');
});

describe('files that will not do are told before any connection', () => {
  test('one that is not there', async () => {
    await expect(readTls({ ca: '/no/such/ca.pem' })).rejects.toMatchObject({
      code: 'CONFIG_UNREADABLE',
      message: expect.stringContaining('/no/such/ca.pem'),
    });
  });

  test('one that is no certificate', async () => {
    const file = join(ca.directory, 'notes.txt');
    await writeFile(file, 'remember the milk');
    await expect(readTls({ ca: file })).rejects.toThrow(/notes\.txt: this file is not in PEM form/);
  });

  test('a key that belongs to another certificate', async () => {
    await expect(readTls({ cert: ours.certFile, key: theirs.keyFile })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/scheduler\.pem, .*master\.key: .*key values mismatch/),
    });
  });
});
