import type { Unavailability } from '../../mesos/messages.generated.ts';

/** A machine as operators name it; one of the two is enough. */
export interface MachineId {
  readonly hostname?: string | undefined;
  readonly ip?: string | undefined;
}

/** When which machines are to be worked upon. */
export interface MaintenanceWindow {
  readonly machineIds: readonly MachineId[];
  readonly unavailability: Unavailability;
}

/** What a framework said to an inverse offer, and when (epoch ms). */
export interface InverseAnswer {
  readonly accepted: boolean;
  readonly at: number;
  /** Until then (epoch ms) it is not asked again. */
  readonly until: number;
}

export interface InverseOffer {
  readonly id: string;
  readonly frameworkId: string;
  readonly agentId: string;
}

/** What a master knows of maintenance. */
export interface Maintenance {
  windows: readonly MaintenanceWindow[];
  readonly inverseOffers: Map<string, InverseOffer>;
  /** By agent and framework. */
  readonly answers: Map<string, Map<string, InverseAnswer>>;
}

export function noMaintenance(): Maintenance {
  return { windows: [], inverseOffers: new Map(), answers: new Map() };
}

/** The window that the machine of that name and address is scheduled for, if any. */
export function unavailabilityOf(
  { windows }: Maintenance,
  hostname: string,
  ip: string | undefined,
): Unavailability | undefined {
  const isIt = (machine: MachineId): boolean =>
    (machine.hostname === undefined || machine.hostname.toLowerCase() === hostname.toLowerCase()) &&
    (machine.ip === undefined || machine.ip === ip);
  return windows.find(({ machineIds }) => machineIds.some(isIt))?.unavailability;
}
