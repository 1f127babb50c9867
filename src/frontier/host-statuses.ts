import type { Host } from './host.ts';
import type { FrontierState } from './state.ts';
import { storedHosts, type StoredHost } from './stored-hosts.ts';
import type { HostStatus } from './types.ts';

/** All hosts of which URLs were added: those that somebody works on as they are, the others as they are stored, which is the same. */
export async function* hostStatuses(state: FrontierState): AsyncGenerator<HostStatus, void, undefined> {
  const live = new Map([...state.hosts.live()].map((host) => [host.number, liveStatus(host)]));
  for await (const chunk of storedHosts(state.store, state.strings)) {
    for (const stored of chunk) {
      yield live.get(stored.number) ?? storedStatus(stored);
      live.delete(stored.number);
    }
  }
  // Those that came since the last cut.
  yield* live.values();
}

function liveStatus(host: Host): HostStatus {
  return {
    host: host.origin,
    queued: host.spots.reduce((sum, spot) => sum + (spot?.queue.size ?? 0), 0),
    leased: host.leased,
    fetched: host.fetched,
    delayMs: host.delayMs,
    notBefore: host.notBefore,
    failures: host.failures,
    ...(host.closed !== undefined && { closed: host.closed.reason }),
    ...(host.robots !== undefined && { robots: host.robots.status }),
    tasks: host.holdings.map((holding) => holding.session.task),
  };
}

function storedStatus({ origin, numbers }: StoredHost): HostStatus {
  const { delayMs, notBefore, failures, fetched, robots, closed, lanes } = numbers;
  const waiting = lanes.reduce((sum, { stored, retries }) => sum + stored + retries, 0);
  return {
    host: origin,
    queued: closed === undefined ? waiting : 0,
    leased: 0,
    fetched,
    delayMs,
    notBefore,
    failures,
    ...(closed !== undefined && { closed: closed.reason }),
    ...(robots !== undefined && { robots: robots.status }),
    tasks: [],
  };
}
