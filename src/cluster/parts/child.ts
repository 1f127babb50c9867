import { once } from 'node:events';
import { messageOf, PinspiderError } from '../../lib/errors.ts';
import { type AgentPart, runAgent } from './agent-part.ts';
import { type MasterPart, runMaster } from './master-part.ts';

/** What the supervisor tells a new process to be. */
export type Role =
  | { readonly role: 'master'; readonly part: Omit<MasterPart, 'log'> }
  | { readonly role: 'agent'; readonly part: Omit<AgentPart, 'log'> };

/** What the process answers: the port on which it listens, or why it cannot. */
export type Report = { readonly port: number } | { readonly code?: PinspiderError['code']; readonly what: string };

/** The messages between a part's process and its supervisor. */
export interface Channel {
  /** The one message from the supervisor. */
  readonly role: Promise<unknown>;
  readonly report: (report: Report) => void;
  /** The supervisor wants the end, or is gone. */
  readonly over: AbortSignal;
  readonly log: (line: string) => void;
}

/** A part of a cluster in this process, until its supervisor lets it go. */
export async function runPart({ role, report, over, log }: Channel): Promise<void> {
  const wanted = (await role) as Role; // from our own supervisor
  try {
    const running =
      wanted.role === 'master' ? await runMaster({ ...wanted.part, log }) : await runAgent({ ...wanted.part, log });
    report({ port: running.port });
    if (!over.aborted) await once(over, 'abort');
    await running.close();
  } catch (error) {
    report({ what: messageOf(error), ...(error instanceof PinspiderError && { code: error.code }) });
  }
}
