import type { IncomingMessage, ServerResponse } from 'node:http';
import { basicPrincipal } from '../auth.ts';
import type { Master } from '../master/master.ts';
import { entriesOf, type Resources } from '../resources.ts';
import { resourcesText } from '../resources-text.ts';
import { bare, write } from './plain.ts';

/** `GET /state`: a small view of what the master knows, for people and tests. It needs the secret like all else. */
export function serveState(
  master: Master | undefined,
  secret: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (basicPrincipal(request.headers.authorization, secret) === undefined) {
    write(response, bare(401, { 'WWW-Authenticate': 'Basic realm="mesos-master-readonly"' }));
  } else if (request.method !== 'GET') write(response, bare(405, { Allow: 'GET' }));
  else if (!master) write(response, bare(503));
  else {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(stateOf(master)));
  }
}

function stateOf({ state }: Master): object {
  return {
    id: state.info.id,
    version: state.info.version,
    completed_frameworks: state.completed,
    frameworks: [...state.frameworks.values()].map((framework) => ({
      id: framework.id,
      name: framework.info.name,
      user: framework.info.user,
      checkpoint: framework.info.checkpoint ?? false,
      failover_timeout: framework.info.failover_timeout ?? 0,
      connected: framework.stream !== undefined,
      unreachable_tasks: [...framework.unreachable.keys()],
      tasks: [...framework.tasks.values()].map((task) => ({
        id: task.info.task_id.value,
        name: task.info.name,
        state: task.state,
        agent_id: task.agentId,
        executor_id: task.executorId,
        resources: amounts(task.resources),
      })),
    })),
    agents: [...state.agents.values()].map((agent) => {
      const usage = state.allocator.usage(agent.id);
      return {
        id: agent.id,
        port: agent.port,
        connected: agent.connected,
        resources: usage && amounts(usage.total),
        allocated: usage && amounts(usage.allocated),
        executors: [...agent.executors].flatMap(([frameworkId, executors]) =>
          [...executors.keys()].map((id) => ({ framework_id: frameworkId, id })),
        ),
      };
    }),
  };
}

function amounts(resources: Resources): Record<string, number | string> {
  return Object.fromEntries(
    entriesOf(resources).map((entry) => [
      entry.kind.name,
      entry.quantity.type === 'SCALAR' ? entry.quantity.milli / 1000 : resourcesText(new Map([['', entry]])),
    ]),
  );
}
