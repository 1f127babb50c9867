/** The one thing that nearly every recording with an executor showed. */
export const PRESENCE = 'fields with a default: JSON names them, protobuf does not';

/** What the cluster did otherwise when its recordings were first played against it. Scenarios that are not here were the same. */
export const FIRST_VERSION: Readonly<Record<string, string>> = {
  '01-single-task': PRESENCE,
  '02-executor-reuse': PRESENCE,
  '03a-task-failed': PRESENCE,
  '03c-executor-dies-running': PRESENCE,
  '03d-executor-killed-by-signal': PRESENCE,
  '04-kill': PRESENCE,
  '06-resubscribe': 'offers came after the updates that a subscription brings, so one offer in place of two',
  '07a-after-failover-timeout': PRESENCE,
  '08a-invalid-calls': 'words of JSON faults',
  '08b-bad-accepts': 'a refusal for 0 s lasted a cycle',
  '08d-executor-invalid-calls': 'words of JSON faults',
  '09a-agent-restart':
    'what waits was not sent twice on registration; offers a cycle too early; an agent could not be away without being declared lost at once',
  '09a2-agent-restart-no-checkpoint': 'an agent could not be away without being declared lost at once',
  '09b-agent-lost': PRESENCE,
  '09c-agent-lost-partition-aware': 'what waits was not sent twice on registration; no agent could come under a new id',
  '09d-agent-sigusr1': 'no agent could say goodbye',
  '09e-executor-stream-cut': PRESENCE,
  '09f-executor-dies-while-agent-down':
    'what waits was not sent twice on registration; an agent could not be away without being declared lost at once',
  '09g-executor-does-not-reregister': 'an agent could not be away without being declared lost at once',
  '10-heartbeats': PRESENCE,
  '11-http-auth': PRESENCE,
  '12-master-restart': 'no time without a master; what waits was not sent twice on registration',
  '12b-master-sigterm': 'no time without a master',
  '13-non-leading-master': 'one master only: no redirects, no election',
  '14-fetcher': PRESENCE,
  '15-http-details':
    '`100 Continue` was said; bytes after an unreadable request closed the connection; HTTP/1.0 streams without chunks',
  '16-multi-role': PRESENCE,
  '17-two-agents': PRESENCE,
  '18-command-executor': PRESENCE,
  '21-shutdown-ignored': PRESENCE,
  '22-teardown-with-running': PRESENCE,
  '23-process-tree': PRESENCE,
  '24-update-semantics': PRESENCE,
};
