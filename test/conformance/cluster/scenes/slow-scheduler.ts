import { type MediaType, schedulerEvent, executorEvent } from '../../../../src/mesos/codec.ts';
import type { Offer, SchedulerCall } from '../../../../src/mesos/messages.generated.ts';
import { basic, resources } from '../../../support/tiny-scheduler.ts';
import type { Player } from '../player.ts';
import { HELD_COMMAND, SECRET } from '../stage.ts';
import { type Reply, send } from '../wire.ts';

// 400 as recorded; of 25 KB instead of 256: still more than the sockets in between hold.
const MESSAGES = 400;
const MESSAGE_BYTES = 25_000;
const MEDIA: MediaType = 'application/json';

/**
 * The recording has notes only: a scheduler that reads nothing for 8 s while its executor sends 400 messages. Each is
 * answered 202, the stream lives on, and all of them arrive once it is read.
 */
export async function slowScheduler(player: Player): Promise<void> {
  const { stage } = player;
  const { stream, headers } = await call(player, {
    type: 'SUBSCRIBE',
    subscribe: { framework_info: { user: 'root', name: 'slow' } },
  });
  const offer = (): Offer | undefined =>
    (stream?.events.find(({ type }) => type === 'OFFERS') as { offers?: { offers: Offer[] } } | undefined)?.offers
      ?.offers[0];
  await stage.settle(() => offer() !== undefined, 2000);
  const given = offer();
  if (!stream || !given) {
    player.report(0, 'there is no offer');
    return;
  }
  const streamId = String(headers['mesos-stream-id']);
  await call(player, { type: 'ACCEPT', framework_id: given.framework_id, accept: launching(given) }, streamId);
  const environment = (await stage.executorEnvironment('e1')) ?? {};
  const executor = (more: object, isStream = false): Promise<Reply> =>
    send({
      url: `http://${environment['MESOS_AGENT_ENDPOINT'] ?? ''}/api/v1/executor`,
      headers: headersOf(`Bearer ${environment['MESOS_EXECUTOR_AUTHENTICATION_TOKEN'] ?? ''}`),
      body: Buffer.from(JSON.stringify({ framework_id: given.framework_id, executor_id: { value: 'e1' }, ...more })),
      ...(isStream && { events: { codec: executorEvent, media: MEDIA } }),
    });
  await executor({ type: 'SUBSCRIBE', subscribe: {} }, true);

  let resume = (): void => undefined;
  stream.pauseUntil(new Promise((resolve) => (resume = resolve)));
  const data = Buffer.alloc(MESSAGE_BYTES, 'x').toString('base64');
  let accepted = 0;
  for (let i = 0; i < MESSAGES; i++) {
    const { status } = await executor({ type: 'MESSAGE', message: { data } });
    if (status === 202) accepted++;
  }
  if (accepted < MESSAGES) player.report(8745, `of ${MESSAGES} messages ${accepted} are answered 202`);
  if (stream.end !== undefined) player.report(8745, `the stream that nobody reads ends ${stream.end}`);
  const arrived = (): number => stream.events.filter(({ type }) => type === 'MESSAGE').length;
  if (arrived() > 1) player.report(8745, 'the test itself: the stream was read');
  resume();
  await stage.settle(() => arrived() === MESSAGES, 10_000);
  if (arrived() < MESSAGES) player.report(14_757, `of ${MESSAGES} messages ${arrived()} arrive`);
  stream.close();
}

function call(player: Player, body: SchedulerCall, streamId?: string): Promise<Reply> {
  return send({
    url: `${player.stage.cluster.url}/api/v1/scheduler`,
    headers: { ...headersOf(basic(SECRET)), ...(streamId !== undefined && { 'Mesos-Stream-Id': streamId }) },
    body: Buffer.from(JSON.stringify(body)),
    ...(body.type === 'SUBSCRIBE' && { events: { codec: schedulerEvent, media: MEDIA } }),
  });
}

function headersOf(authorization: string): Readonly<Record<string, string>> {
  return { 'Content-Type': MEDIA, Accept: MEDIA, Authorization: authorization };
}

function launching(offer: Offer): NonNullable<SchedulerCall['accept']> {
  const executor = {
    executor_id: { value: 'e1' },
    command: { value: HELD_COMMAND },
    resources: resources(0.1, 32),
  };
  const task = {
    name: 'flood',
    task_id: { value: 't1' },
    agent_id: offer.agent_id,
    resources: resources(0.1, 32),
    executor,
  };
  return { offer_ids: [offer.id], operations: [{ type: 'LAUNCH', launch: { task_infos: [task] } }] };
}
