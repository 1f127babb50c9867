import type { IncomingMessage, ServerResponse } from 'node:http';
import { basicPrincipal } from '../auth.ts';
import { scheduleMaintenance } from '../master/maintenance.ts';
import {
  type InverseAnswer,
  type MachineId,
  type MaintenanceWindow,
  unavailabilityOf,
} from '../master/maintenance-state.ts';
import type { Master } from '../master/master.ts';
import type { MasterState } from '../master/state.ts';
import { bare, bodyOf, type Plain, refusal, write } from './plain.ts';

/**
 * `GET` and `POST /maintenance/schedule`, and `GET /maintenance/status`, as operators of Mesos know them.
 *
 * @see docs/maintenance.md of Mesos
 */
export async function serveMaintenance(
  master: Master | undefined,
  secret: string,
  part: 'schedule' | 'status',
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await answerTo(master, secret, part, request);
  if ('json' in answer) {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer.json));
  } else write(response, answer);
}

async function answerTo(
  master: Master | undefined,
  secret: string,
  part: 'schedule' | 'status',
  request: IncomingMessage,
): Promise<Plain | { readonly json: object }> {
  if (basicPrincipal(request.headers.authorization, secret) === undefined) {
    return bare(401, { 'WWW-Authenticate': 'Basic realm="mesos-master-readwrite"' });
  }
  if (!master) return bare(503);
  const { state } = master;
  if (request.method === 'GET') return { json: part === 'schedule' ? scheduleOf(state) : statusOf(state) };
  if (part === 'status' || request.method !== 'POST')
    return bare(405, { Allow: part === 'status' ? 'GET' : 'GET, POST' });
  const windows = readSchedule(Buffer.from(await bodyOf(request)).toString('utf8'));
  if (typeof windows === 'string') return refusal(400, windows);
  scheduleMaintenance(state, windows);
  return { status: 200 };
}

/** The windows of a schedule, or why it is none. */
function readSchedule(text: string): readonly MaintenanceWindow[] | string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return 'Failed to parse the maintenance schedule: not JSON';
  }
  const list = property(body, 'windows') ?? [];
  if (!Array.isArray(list)) return "Expecting 'windows' to be a list";
  const windows: MaintenanceWindow[] = [];
  const seen = new Set<string>();
  for (const entry of list as readonly unknown[]) {
    const machines = property(entry, 'machine_ids');
    if (!Array.isArray(machines) || machines.length === 0) return 'A window names at least one machine in machine_ids';
    const machineIds = (machines as readonly unknown[]).map((machine): MachineId => ({
      hostname: textAt(machine, 'hostname'),
      ip: textAt(machine, 'ip'),
    }));
    if (machineIds.some(({ hostname, ip }) => hostname === undefined && ip === undefined)) {
      return "A machine has 'hostname', 'ip' or both";
    }
    const keys = machineIds.map(({ hostname = '', ip = '' }) => `${hostname.toLowerCase()} ${ip}`);
    if (keys.some((key) => seen.has(key)) || new Set(keys).size < keys.length) return 'A machine is scheduled twice';
    for (const key of keys) seen.add(key);
    const times = property(entry, 'unavailability');
    const start = numberAt(property(times, 'start'), 'nanoseconds');
    const duration = property(times, 'duration');
    const length = numberAt(duration, 'nanoseconds');
    if (start === undefined) return "Expecting 'unavailability.start.nanoseconds' to be a number";
    if (duration !== undefined && (length === undefined || length < 0)) return 'A duration is never negative';
    const unavailability = {
      start: { nanoseconds: start },
      ...(length !== undefined && { duration: { nanoseconds: length } }),
    };
    windows.push({ machineIds, unavailability });
  }
  return windows;
}

function scheduleOf({ maintenance }: MasterState): object {
  return {
    windows: maintenance.windows.map(({ machineIds, unavailability }) => ({ machine_ids: machineIds, unavailability })),
  };
}

/** Machines up for maintenance, and what frameworks said to being asked to leave. */
function statusOf(master: MasterState): object {
  const ip = master.info.address?.ip;
  const draining = [...master.agents.values()].filter(({ info }) =>
    unavailabilityOf(master.maintenance, info.hostname, ip),
  );
  return {
    draining_machines: draining.map((agent) => ({
      id: { hostname: agent.info.hostname, ip },
      statuses: [...(master.maintenance.answers.get(agent.id) ?? [])].map(statusOfAnswer),
    })),
    down_machines: [],
  };
}

function statusOfAnswer([frameworkId, { accepted, at }]: readonly [string, InverseAnswer]): object {
  return {
    status: accepted ? 'ACCEPT' : 'DECLINE',
    framework_id: { value: frameworkId },
    timestamp: { nanoseconds: at * 1e6 },
  };
}

function property(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Readonly<Record<string, unknown>>)[name] : undefined;
}

function textAt(of: unknown, name: string): string | undefined {
  const value = property(of, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberAt(of: unknown, name: string): number | undefined {
  const value = property(of, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
