// A whole executor of the v1 API on node:http alone, for tests of the cluster: it does what its task's data says.
// Steps: ["TASK_RUNNING", {message, data}], ["message", text], ["sleep", ms], ["wait-kill"], ["spawn"], ["exit", code], ["signal", name]
// EXEC_MODE: exit-early, silent, ignore-shutdown, no-return (does not subscribe again); EXEC_DELAY: ms before it subscribes
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const env = process.env;
const [host, port] = env.MESOS_AGENT_ENDPOINT.split(':');
const ids = { framework_id: { value: env.MESOS_FRAMEWORK_ID }, executor_id: { value: env.MESOS_EXECUTOR_ID } };
const unacknowledged = new Map(); // uuid → update
const untold = new Map(); // task id → task, until its first update is acknowledged
const kills = new Map(); // task id → function that is called on KILL

console.log(`executor ${env.MESOS_EXECUTOR_ID} in ${process.cwd()}`);
if (env.EXEC_MODE === 'exit-early') process.exit(3);
if (env.EXEC_MODE === 'silent') await sleep(1e9);
await sleep(Number(env.EXEC_DELAY ?? 0));
for (let first = true; ; first = false) {
  if (!first && env.EXEC_MODE === 'no-return') await sleep(1e9);
  await subscribe().catch(() => undefined);
  if (env.MESOS_CHECKPOINT !== '1') process.exit(0);
  await sleep(100);
}

function post(call) {
  const body = JSON.stringify({ ...ids, ...call });
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    authorization: `Bearer ${env.MESOS_EXECUTOR_AUTHENTICATION_TOKEN}`,
  };
  const sent = request({ host, port, path: '/api/v1/executor', method: 'POST', headers, agent: false });
  sent.end(body);
  return sent;
}

async function subscribe() {
  const updates = [...unacknowledged.values()];
  const sent = post({
    type: 'SUBSCRIBE',
    subscribe: { unacknowledged_tasks: [...untold.values()], unacknowledged_updates: updates },
  });
  const [response] = await once(sent, 'response');
  if (response.statusCode !== 200) {
    response.resume();
    throw new Error(`status ${response.statusCode}`);
  }
  let held = Buffer.alloc(0);
  for await (const chunk of response) {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const newline = held.indexOf(10);
      const end = newline + 1 + Number(held.subarray(0, newline).toString());
      if (newline === -1 || held.length < end) break;
      react(JSON.parse(held.subarray(newline + 1, end).toString()));
      held = held.subarray(end);
    }
  }
}

function react(event) {
  if (event.type === 'LAUNCH') {
    untold.set(event.launch.task.task_id.value, event.launch.task);
    void run(event.launch.task);
  } else if (event.type === 'ACKNOWLEDGED') {
    unacknowledged.delete(event.acknowledged.uuid);
    untold.delete(event.acknowledged.task_id.value);
  } else if (event.type === 'KILL') kills.get(event.kill.task_id.value)?.();
  else if (event.type === 'MESSAGE') {
    void tell({
      type: 'MESSAGE',
      message: { data: text(`echo:${Buffer.from(event.message.data, 'base64').toString()}`) },
    });
  } else if (event.type === 'SHUTDOWN') {
    console.log('SHUTDOWN');
    if (env.EXEC_MODE !== 'ignore-shutdown') setTimeout(() => process.exit(0), 20);
  }
}

async function run(task) {
  const id = task.task_id.value;
  const killed = new Promise((resolve) => kills.set(id, resolve));
  for (const [what, more] of JSON.parse(Buffer.from(task.data ?? '', 'base64').toString() || '[]')) {
    if (what === 'sleep') await sleep(more);
    else if (what === 'exit') process.exit(more);
    else if (what === 'signal') process.kill(process.pid, more);
    else if (what === 'message') await tell({ type: 'MESSAGE', message: { data: text(more) } });
    else if (what === 'spawn') {
      const child = spawn('/bin/sleep', ['300'], { detached: more === 'detached', stdio: 'ignore' });
      await tell({ type: 'MESSAGE', message: { data: text(String(child.pid)) } });
    } else if (what === 'environment') await tell({ type: 'MESSAGE', message: { data: text(JSON.stringify(env)) } });
    else if (what === 'wait-kill') {
      await killed;
      await update(id, 'TASK_KILLED', { message: 'killed by request' });
    } else await update(id, what, more);
  }
}

async function update(id, state, { message, data, minimal } = {}) {
  const uuid = Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64');
  const status = { task_id: { value: id }, state, source: 'SOURCE_EXECUTOR', uuid, message, data: data && text(data) };
  if (!minimal) Object.assign(status, { executor_id: ids.executor_id, timestamp: Date.now() / 1000 });
  unacknowledged.set(uuid, { status });
  await tell({ type: 'UPDATE', update: { status } });
}

async function tell(call) {
  try {
    const [response] = await once(post(call), 'response');
    response.resume();
    if (response.statusCode !== 202) console.error(call.type, response.statusCode);
  } catch (error) {
    console.error(call.type, error.message); // an update is told again with the next SUBSCRIBE
  }
}

function text(value) {
  return Buffer.from(value).toString('base64');
}
