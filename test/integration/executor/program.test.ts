import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { schedulerNoteCodec, type Sparse, taskSummaryCodec } from '../../../src/feed/messages.ts';
import { PageOutcome, type SchedulerNote } from '../../../src/feed/messages.generated.ts';
import type { ExecutorEvent } from '../../../src/mesos/messages.generated.ts';
import { authority } from '../../support/authority.ts';
import { graphSite } from '../../support/graph-site.ts';
import { scriptedAgent, type ScriptedAgent, startProgram, taskOf, testFeed } from './scripted-agent.ts';

const PAGES = ['/0', '/1', '/2', '/3', '/4', '/5'];
const launch = (task: Awaited<ReturnType<typeof taskOf>>): ExecutorEvent => ({ type: 'LAUNCH', launch: { task } });
const kill = (id: string, graceMs?: number): ExecutorEvent => ({
  type: 'KILL',
  kill: {
    task_id: { value: id },
    ...(graceMs !== undefined && { kill_policy: { grace_period: { nanoseconds: graceMs * 1e6 } } }),
  },
});
const note = (what: Sparse<SchedulerNote>): ExecutorEvent => ({
  type: 'MESSAGE',
  message: { data: schedulerNoteCodec.encode(what) },
});
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await sleep(5);
};
const subscribedTo = (agent: ScriptedAgent): Promise<void> => agent.until(({ calls }) => calls.length > 0);

test('SHUTDOWN before anything else: it leaves, with nothing to tell', async () => {
  await using agent = await scriptedAgent({ first: { type: 'SHUTDOWN' } });
  await using program = await startProgram(agent.url);
  expect((await program.ended).code).toBe(0);
  expect(agent.calls.map(({ call }) => call.type)).toEqual(['SUBSCRIBE']);
});

test('a KILL that comes before its LAUNCH: no page is fetched', async () => {
  await using site = await graphSite({ pages: 6 });
  await using feed = await testFeed();
  await using agent = await scriptedAgent();
  await using _program = await startProgram(agent.url);
  await subscribedTo(agent);
  agent.send(kill('t1'));
  agent.send(launch(await taskOf('t1', site.url, PAGES, feed)));
  await agent.until(({ updates }) => updates.some(({ state }) => state === 'TASK_KILLED'));
  expect([...site.hits]).toEqual([]);
  expect(feed.pages()).toEqual([]);
});

test('a KILL lets the page under way end and be reported, and gives back the rest', async () => {
  await using site = await graphSite({ pages: 6, slowMs: 300 });
  await using feed = await testFeed();
  await using agent = await scriptedAgent();
  await using _program = await startProgram(agent.url);
  await subscribedTo(agent);
  agent.send(launch(await taskOf('t1', site.url, PAGES, feed)));
  await until(() => site.hits.size === 1);
  agent.send(kill('t1', 60_000));
  await agent.until(({ updates }) => updates.some(({ state }) => state === 'TASK_KILLED'));
  expect(agent.states()).toEqual(['t1 TASK_RUNNING', 't1 TASK_KILLING', 't1 TASK_KILLED']);
  const settled = feed.reports.flatMap((report) => report.pages);
  expect(settled.filter(({ outcome }) => outcome === PageOutcome.FETCHED).map(({ id }) => id)).toEqual([0]);
  expect(settled.filter(({ outcome }) => outcome === PageOutcome.RETURNED).map(({ id }) => id)).toEqual([
    1, 2, 3, 4, 5,
  ]);
  expect(taskSummaryCodec.decode(agent.updates.at(-1)?.data ?? new Uint8Array())).toMatchObject({ pages: 1 });
});

test('what is not done when the grace is over is cut off, a nearer end than before included', async () => {
  await using site = await graphSite({ pages: 6, slowMs: 60_000 });
  await using feed = await testFeed();
  await using agent = await scriptedAgent();
  await using _program = await startProgram(agent.url);
  await subscribedTo(agent);
  agent.send(launch(await taskOf('t1', site.url, PAGES, feed)));
  await until(() => site.hits.size === 1);
  agent.send(kill('t1', 3_600_000));
  agent.send(kill('t1', 100));
  await agent.until(({ updates }) => updates.some(({ state }) => state === 'TASK_KILLED'));
  expect(agent.states()).toEqual(['t1 TASK_RUNNING', 't1 TASK_KILLING', 't1 TASK_KILLED']);
});

test('SIGTERM: the task is told killed, the agent has it, and the program ends well', async () => {
  await using site = await graphSite({ pages: 6, slowMs: 60_000 });
  await using feed = await testFeed();
  await using agent = await scriptedAgent();
  await using program = await startProgram(agent.url);
  await subscribedTo(agent);
  agent.send(launch(await taskOf('t1', site.url, PAGES, feed)));
  await until(() => site.hits.size === 1);
  program.child.kill('SIGTERM');
  expect((await program.ended).code).toBe(0);
  expect(agent.states()).toEqual(['t1 TASK_RUNNING', 't1 TASK_KILLED']);
});

test('an agent that restarts: pages go on, and the next SUBSCRIBE carries what it missed', async () => {
  await using site = await graphSite({ pages: 6, slowMs: 150 });
  await using feed = await testFeed();
  const first = await scriptedAgent();
  const port = Number(new URL(first.url).port);
  await using _program = await startProgram(first.url);
  await subscribedTo(first);
  first.send(launch(await taskOf('t1', site.url, PAGES, feed)));
  await until(() => site.hits.size === 2);
  await first[Symbol.asyncDispose]();
  await until(() => feed.pages().length === 6); // nobody but the feed is there
  await using second = await scriptedAgent({ port });
  await second.until(({ updates }) => updates.length > 0);
  expect(second.calls[0]?.call.subscribe?.unacknowledged_tasks ?? []).toEqual([]);
  expect(second.states()).toEqual(['t1 TASK_FINISHED']);
  expect(feed.pages()).toEqual([0, 1, 2, 3, 4, 5]);
});

test('an agent that dies, without checkpointing: it leaves at once', async () => {
  const agent = await scriptedAgent();
  await using program = await startProgram(agent.url, { MESOS_CHECKPOINT: '0' });
  await subscribedTo(agent);
  await agent[Symbol.asyncDispose]();
  expect((await program.ended).code).toBe(0);
});

test('an agent that does not come back in its recovery timeout: it leaves then', async () => {
  const agent = await scriptedAgent();
  await using program = await startProgram(agent.url, { MESOS_RECOVERY_TIMEOUT: '500ms' });
  await subscribedTo(agent);
  await agent[Symbol.asyncDispose]();
  expect((await program.ended).code).toBe(0);
});

test('a scheduler that begins anew elsewhere: the report under way is repeated there, as it was', async () => {
  await using site = await graphSite({ pages: 6 });
  const first = await testFeed(() => ({ pause_ms: 50 }));
  await using agent = await scriptedAgent();
  await using _program = await startProgram(agent.url);
  await subscribedTo(agent);
  agent.send(launch(await taskOf('t1', site.url, PAGES, first)));
  await until(() => first.pages().length === 6);
  await first[Symbol.asyncDispose]();
  const before = first.reports.at(-1)?.seq ?? 0;
  await sleep(300);
  await using second = await testFeed(() => ({ done: true }), { token: 'another' });
  agent.send(note({ feed_url: second.url, token: 'another' }));
  await agent.until(({ updates }) => updates.some(({ state }) => state === 'TASK_FINISHED'));
  expect(second.reports.map(({ seq }) => seq)).toEqual([before + 1]);
  expect(agent.states()).toEqual(['t1 TASK_RUNNING', 't1 TASK_FINISHED']);
});

test('pages that no feed takes for a while are kept, and reported once to the one that comes back', async () => {
  await using site = await graphSite({ pages: 6, slowMs: 30 });
  const first = await testFeed((report) => ({ seq: report.seq, pause_ms: 20 }));
  await using agent = await scriptedAgent();
  await using _program = await startProgram(agent.url);
  await subscribedTo(agent);
  agent.send(launch(await taskOf('t1', site.url, PAGES, first)));
  await until(() => first.pages().length > 0);
  await first[Symbol.asyncDispose]();
  await until(() => site.hits.size === 6);
  await sleep(100);
  // Before it knows the tasks of its predecessor it has another token, too.
  const port = Number(new URL(first.url).port);
  const stranger = await testFeed(undefined, { port, token: 'another' });
  await sleep(300);
  await stranger[Symbol.asyncDispose]();
  await using second = await testFeed(undefined, { port });
  await agent.until(({ updates }) => updates.some(({ state }) => state === 'TASK_FINISHED'));
  expect(stranger.reports).toEqual([]);
  expect([...new Set([...first.pages(), ...second.pages()])]).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a feed that refuses the token from the first: the task fails and says how to mend it', async () => {
  await using site = await graphSite({ pages: 1 });
  await using feed = await testFeed();
  await using agent = await scriptedAgent();
  await using _program = await startProgram(agent.url);
  await subscribedTo(agent);
  agent.send(launch(await taskOf('t1', site.url, ['/0'], { url: feed.url, token: 'wrong' })));
  await agent.until(({ updates }) => updates.some(({ state }) => state === 'TASK_FAILED'));
  const { message = '' } = agent.updates.at(-1) ?? {};
  expect(message).toContain(`${feed.url}: the scheduler's feed cannot be reached (it refuses the token`);
  expect(message).toContain('advertise: HOST:PORT');
});

test('a link travels once, with the first page that has it', async () => {
  await using site = await graphSite({ pages: 40 });
  await using feed = await testFeed();
  await using agent = await scriptedAgent();
  await using _program = await startProgram(agent.url);
  await subscribedTo(agent);
  const paths = Array.from({ length: 20 }, (_, i) => `/${i}`);
  agent.send(launch(await taskOf('t1', site.url, paths, feed, 8, 'follow: true\n')));
  await agent.until(({ updates }) => updates.some(({ state }) => state === 'TASK_FINISHED'));
  const links = feed.reports.flatMap(({ pages }) => pages.flatMap((page) => page.links.map(({ url }) => url)));
  expect(links).toContain(`${site.url}/0`);
  expect(new Set(links).size).toBe(links.length);
});

test('a note pauses and goes on; another drains', async () => {
  await using site = await graphSite({ pages: 6, slowMs: 50 });
  await using feed = await testFeed();
  await using agent = await scriptedAgent();
  await using _program = await startProgram(agent.url);
  await subscribedTo(agent);
  agent.send(note({ pause: true }));
  agent.send(launch(await taskOf('t1', site.url, PAGES, feed)));
  await agent.until(({ updates }) => updates.length > 0);
  await sleep(200);
  expect(site.hits.size).toBe(0);
  agent.send(note({}));
  await until(() => site.hits.size === 1);
  agent.send(note({ drain: true }));
  await agent.until(({ updates }) => updates.some(({ state }) => state === 'TASK_FINISHED'));
  expect(feed.pages()).toHaveLength(6);
  expect(site.hits.size).toBeLessThan(6);
});

test('the token is sent with every call, and is in no environment that a child could inherit', async () => {
  await using site = await graphSite({ pages: 1 });
  await using feed = await testFeed();
  await using agent = await scriptedAgent();
  await using home = await authority(); // for its directory
  const seen = join(home.directory, 'environment.json');
  const hook = `import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env)));`;
  await using program = await startProgram(agent.url, {
    MESOS_EXECUTOR_AUTHENTICATION_TOKEN: 'bearer-of-this',
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`,
  });
  await subscribedTo(agent);
  agent.send(launch(await taskOf('t1', site.url, ['/0'], feed)));
  await agent.until(({ updates }) => updates.some(({ state }) => state === 'TASK_FINISHED'));
  agent.send({ type: 'SHUTDOWN' });
  await program.ended;
  for (const { request } of agent.calls) expect(request.headers.authorization).toBe('Bearer bearer-of-this');
  const environment = await readFile(seen, 'utf8');
  expect(environment).toContain('MESOS_EXECUTOR_ID');
  expect(environment).not.toContain('bearer-of-this');
});

test('an agent that speaks TLS and wants a certificate: by the variables of libprocess', async () => {
  await using ca = await authority();
  const [server, own] = [await ca.issue('agent', 'DNS:agent.example'), await ca.issue('executor')];
  const tls = { cert: server.cert, key: server.key, ca: ca.ca, requestCert: true, rejectUnauthorized: true };
  await using agent = await scriptedAgent({ tls });
  const env = {
    LIBPROCESS_SSL_ENABLED: '1',
    LIBPROCESS_SSL_CA_FILE: ca.caFile,
    LIBPROCESS_SSL_CERT_FILE: own.certFile,
    LIBPROCESS_SSL_KEY_FILE: own.keyFile,
  };
  await using program = await startProgram(agent.url, env);
  await subscribedTo(agent);
  agent.send({ type: 'SHUTDOWN' });
  expect((await program.ended).code).toBe(0);
  // The name is of another machine.
  await using strict = await startProgram(agent.url, { ...env, LIBPROCESS_SSL_VERIFY_SERVER_CERT: 'true' });
  const { code, stderr } = await strict.ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/no TLS connection: Hostname.IP does not match/);
  expect(agent.calls).toHaveLength(1);
});
