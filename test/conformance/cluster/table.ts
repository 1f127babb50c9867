import { ABSTRACTS } from './abstracts.ts';
import { FIRST_VERSION, PRESENCE } from './first-version.ts';

export interface Result {
  readonly name: string;
  readonly codec: 'json' | 'protobuf';
  /** How many answers, events and ends of streams were compared. */
  readonly compared: number;
  readonly differences: readonly string[];
}

/** docs/conformance.md. */
export function page(results: readonly Result[]): string {
  const names = [...new Set(results.map(({ name }) => name))].sort();
  const of = (name: string): Result[] => results.filter((one) => one.name === name);
  const isSame = (name: string): boolean => of(name).every(({ differences }) => differences.length === 0);
  const compared = results.reduce((sum, one) => sum + one.compared, 0);
  const found = names.filter((name) => name in FIRST_VERSION);
  const rows = names.map((name) => {
    const count = of(name)
      .sort((a, b) => (a.codec < b.codec ? -1 : 1))
      .map((one) => one.compared);
    return `| ${name} | ${ABSTRACTS[name] ?? ''} | ${count.join(' / ')} | ${outcome(of(name))} | ${FIRST_VERSION[name] ?? ''} |`;
  });
  return [
    HEAD,
    `**${names.filter(isSame).length} of ${names.length} scenarios are the same in both codecs**; ${compared} answers, events and ends of streams are compared.`,
    '',
    '| Scenario | What happens | Compared (JSON / protobuf) | Outcome | What the first version did otherwise |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `The first version of the cluster, played by the same player, differed in ${found.length} of the ${names.length} scenarios, ${found.filter((name) => FIRST_VERSION[name] !== PRESENCE).length} of them by more than fields that JSON names and protobuf does not. All of that was mended.`,
    '',
  ].join('\n');
}

function outcome(results: readonly Result[]): string {
  const all = results.flatMap(({ codec, differences }) => differences.map((one) => `${codec}: ${one}`));
  return all.length === 0 ? 'same' : all.join('<br>').replaceAll('|', '\\|');
}

const HEAD = `<!-- Written by test/conformance/cluster-recordings.test.ts; npm run generate:conformance writes it anew. -->

# How far the embedded cluster is a Mesos cluster

A real Mesos master and agent (1.12.0-dev, August 2024) were recorded while schedulers and executors did what frameworks do and what they should not do, each scenario in JSON and in protobuf. The
player in \`test/conformance/cluster\` sends the recorded requests to the embedded cluster in the recorded order and compares what comes back: status, headers and body of every answer; type, content and order of every event, with task states, reasons, sources, messages and
whether there is a uuid; offers; how every stream ends. What is not a request (an agent killed, a master restarted, an executor that exits) is done to the cluster by its own means. Time is a clock that the player turns, so that minutes pass in milliseconds.

What is compared loosely, and why:

- Ids, ports, process ids and uuids are mapped: a name of the recording must always stand for the same thing. Of times only the presence is compared.
- An OFFERS or a HEARTBEAT may come earlier or later than other events: a cycle of one second and a timer of fifteen bring them, which nothing is tied to. What they say must be the same.
- A MESSAGE may overtake an UPDATE and be overtaken: an update waits until the one before is acknowledged, a message for nothing. ACKNOWLEDGED to an executor waits for nobody but the agent's disk.
- Updates and FAILUREs of different executors may change places: processes end when they end.
- Offers in one event, and executor ids in one offer, are in the order of a hash table.

What the embedded cluster does otherwise on purpose:

- It always asks who calls: a principal with the cluster's secret from schedulers, a token in MESOS_EXECUTOR_AUTHENTICATION_TOKEN from executors. The recorded cluster asked in \`11-http-auth\` only; the player adds what is needed, and a FrameworkInfo without a principal is given the caller's.
- It has no libmesos, so executors see no MESOS_NATIVE_LIBRARY and MESOS_NATIVE_JAVA_LIBRARY.
- It isolates nothing and has no images: it is what a Mesos agent with the posix launcher and isolators is.
- A master that starts anew knows nothing of frameworks that were removed, as a real one: an id that is dead may then subscribe again.
`;
