import type { AgentLink, MasterLink } from './links.ts';

/**
 * Makes the calls of a link arrive later, in order: master and agents talk in one process, but neither shall find the
 * other in the middle of a decision.
 */
export function posted(link: AgentLink): AgentLink {
  return {
    launch: (...a) => queueMicrotask(() => link.launch(...a)),
    kill: (...a) => queueMicrotask(() => link.kill(...a)),
    shutdownExecutor: (...a) => queueMicrotask(() => link.shutdownExecutor(...a)),
    shutdownFramework: (...a) => queueMicrotask(() => link.shutdownFramework(...a)),
    acknowledge: (...a) => queueMicrotask(() => link.acknowledge(...a)),
    message: (...a) => queueMicrotask(() => link.message(...a)),
    frameworkUpdated: (...a) => queueMicrotask(() => link.frameworkUpdated(...a)),
  };
}

/** The way from agents to whichever master there is when the message arrives; without one it is lost. */
export function postedToMaster(current: () => MasterLink | undefined): MasterLink {
  return {
    statusUpdate: (...a) => queueMicrotask(() => current()?.statusUpdate(...a)),
    executorExited: (...a) => queueMicrotask(() => current()?.executorExited(...a)),
    message: (...a) => queueMicrotask(() => current()?.message(...a)),
  };
}
