import type { IncomingMessage, ServerResponse } from 'node:http';
import { schedulerCall, schedulerEvent } from '../../mesos/codec.ts';
import { basicPrincipal } from '../auth.ts';
import type { Master } from '../master/master.ts';
import { NOT_ACCEPTABLE, NOT_IMPLEMENTED, readCall, streamMedia } from './calls.ts';
import { openEventStream } from './event-stream.ts';
import { ACCEPTED, bare, type Plain, refusal, write } from './plain.ts';
import { principalFault, schedulerCallFault } from './scheduler-call-fault.ts';

const EVENTS = { codec: schedulerEvent, name: 'mesos.v1.scheduler.Event' } as const;

export interface SchedulerEndpoint {
  /** `undefined` while the master starts. */
  readonly master: () => Master | undefined;
  /** The answer of a master that does not lead, else `undefined`. */
  readonly elsewhere: () => Plain | undefined;
  readonly secret: string;
  readonly uuid: () => string;
}

/** `POST /api/v1/scheduler`: checks in the order of Mesos's Http::scheduler, then hands the call to the master. */
export async function serveScheduler(
  endpoint: SchedulerEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await answerTo(endpoint, request, response);
  if (answer) write(response, answer);
}

/** The answer, or `undefined` when a stream was opened. */
async function answerTo(
  { master: current, elsewhere, secret, uuid }: SchedulerEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Plain | undefined> {
  const principal = basicPrincipal(request.headers.authorization, secret);
  if (principal === undefined) return bare(401, { 'WWW-Authenticate': 'Basic realm="mesos-master-scheduler"' });
  const redirect = elsewhere();
  if (redirect) return redirect;
  if (!current()) return refusal(503, 'Master has not finished recovery');
  const read = await readCall(request, schedulerCall);
  if ('refused' in read) return read.refused;
  const { call } = read;
  const fault = schedulerCallFault(call, principal);
  if (fault !== undefined) return refusal(400, fault);
  const master = current(); // it may have gone while the body came
  if (!master) return refusal(503, 'Master has not finished recovery');
  const streamId = request.headers['mesos-stream-id'];
  if (call.type === 'SUBSCRIBE' && call.subscribe) {
    const media = streamMedia(request.headers.accept);
    if (!media) return NOT_ACCEPTABLE;
    if (streamId !== undefined) return refusal(400, "Subscribe calls should not include the 'Mesos-Stream-Id' header");
    const id = uuid();
    const sink = openEventStream(response, EVENTS, media, { 'Mesos-Stream-Id': id });
    const frameworkId = master.subscribe(call.subscribe, principal, id, sink);
    if (frameworkId !== undefined) response.once('close', () => master.streamClosed(frameworkId, id));
    return undefined;
  }
  const framework = master.framework(call.framework_id?.value ?? '');
  if (!framework) return refusal(400, 'Framework cannot be found');
  if (framework.info.principal !== undefined && framework.info.principal !== principal) {
    return refusal(400, principalFault(principal, framework.info.principal));
  }
  if (!framework.stream) return refusal(403, 'Framework is not subscribed');
  if (streamId === undefined)
    return refusal(400, "All non-subscribe calls should include the 'Mesos-Stream-Id' header");
  if (streamId !== framework.stream.id) {
    return refusal(
      400,
      `The stream ID '${String(streamId)}' included in this request didn't match the stream ID currently associated with framework ID ${framework.id}`,
    );
  }
  if (call.type === 'UNKNOWN') return NOT_IMPLEMENTED;
  if (call.type === 'UPDATE_FRAMEWORK' && call.update_framework) {
    const why = master.updateFramework(framework, call.update_framework);
    return why === undefined ? { status: 200, body: '' } : refusal(400, why);
  }
  master.call(framework, call);
  return ACCEPTED;
}
