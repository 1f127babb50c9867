import type { IncomingMessage, ServerResponse } from 'node:http';
import { executorCall, executorEvent } from '../../mesos/codec.ts';
import type { Agent } from '../agent/agent.ts';
import { executorClaims } from '../auth.ts';
import { NOT_ACCEPTABLE, NOT_IMPLEMENTED, readCall, streamMedia } from './calls.ts';
import { openEventStream } from './event-stream.ts';
import { executorCallFault } from './executor-call-fault.ts';
import { ACCEPTED, bare, type Plain, refusal, write } from './plain.ts';

const EVENTS = { codec: executorEvent, name: 'mesos.v1.executor.Event' } as const;

export interface ExecutorEndpoint {
  readonly agent: Agent;
  readonly secret: string;
}

/** `POST /api/v1/executor`: checks in the order of Mesos's slave Http::executor, then hands the call to the agent. */
export async function serveExecutor(
  endpoint: ExecutorEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await answerTo(endpoint, request, response);
  if (answer) write(response, answer);
}

/** The answer, or `undefined` when a stream was opened. */
async function answerTo(
  { agent, secret }: ExecutorEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Plain | undefined> {
  const claims = executorClaims(request.headers.authorization, secret);
  if (!claims) return bare(401, { 'WWW-Authenticate': 'Bearer realm="mesos-agent-executor"' });
  const read = await readCall(request, executorCall);
  if ('refused' in read) return read.refused;
  const { call } = read;
  const fault = executorCallFault(call);
  if (fault !== undefined) return refusal(400, fault);
  const media = streamMedia(request.headers.accept);
  if (call.type === 'SUBSCRIBE' && !media) return NOT_ACCEPTABLE;
  if (call.type === 'HEARTBEAT') return ACCEPTED; // ids are not looked at
  if (call.type !== 'SUBSCRIBE' && agent.state.phase !== 'RUNNING')
    return refusal(503, 'Agent has not finished recovery');
  const framework = agent.framework(call.framework_id.value);
  if (!framework) return refusal(400, 'Framework cannot be found');
  const executor = framework.executors.get(call.executor_id.value);
  if (!executor) return refusal(400, 'Executor cannot be found');
  // A token is good for one run of one executor; that of an earlier run is not.
  if (claims.fid !== framework.id || claims.eid !== executor.id || claims.cid !== executor.containerId) {
    return refusal(
      403,
      `The token belongs to executor ${claims.eid} of framework ${claims.fid}, container ${claims.cid}`,
    );
  }
  switch (call.type) {
    case 'SUBSCRIBE': {
      const sink = openEventStream(response, EVENTS, media ?? 'application/json', {});
      response.once('close', () => agent.streamClosed(executor, sink));
      agent.subscribe(framework, executor, call.subscribe ?? {}, sink);
      return undefined;
    }
    case 'UPDATE':
    case 'MESSAGE':
      if (executor.state === 'REGISTERING') return refusal(403, 'Executor is not subscribed');
      if (call.update) agent.update(framework, call.update.status);
      else if (call.message) agent.messageFrom(executor, call.message.data);
      return ACCEPTED;
    case 'UNKNOWN':
    case undefined:
    default: // a number, which the validation has refused
      return NOT_IMPLEMENTED;
  }
}
