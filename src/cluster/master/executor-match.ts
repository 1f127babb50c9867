import type { CommandInfo, ExecutorInfo } from '../../mesos/messages.generated.ts';
import { listOf, resourcesOf } from '../resources.ts';
import { without } from '../without.ts';
import { textFormat } from './text-format.ts';

const RULE = '-'.repeat(60);

/**
 * Why an ExecutorInfo may not join an executor of the same id that runs already, or `undefined`.
 * Labels and the grace period may differ, the cache flag of URIs too; nothing else.
 *
 * The text prints both, with their environment, as Mesos does.
 */
export function mismatch(existing: ExecutorInfo, wanted: ExecutorInfo): string | undefined {
  if (identity(existing) === identity(wanted)) return undefined;
  const [a, b] = [existing, wanted].map((info) => textFormat('mesos.v1.ExecutorInfo', info));
  return (
    'ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID.\n' +
    `${RULE}\nExisting ExecutorInfo:\n${a ?? ''}\n\n${RULE}\nExecutorInfo:\n${b ?? ''}\n\n${RULE}\n`
  );
}

function identity(executor: ExecutorInfo): string {
  const info = without(executor, 'labels', 'shutdown_grace_period');
  return canonical({
    ...info,
    resources: listOf(resourcesOf(info.resources)).map(canonical).sort(),
    command: info.command && commandIdentity(info.command),
  });
}

function commandIdentity(command: CommandInfo): object {
  return {
    ...command,
    shell: command.shell ?? true,
    arguments: command.arguments ?? [],
    environment: (command.environment?.variables ?? []).map((v) => canonical({ type: 'VALUE', ...v })).sort(),
    uris: (command.uris ?? []).map((uri) => canonical({ extract: true, ...without(uri, 'cache') })).sort(),
  };
}

/** Text that is equal for equal values, whatever the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (one instanceof Uint8Array) return Buffer.from(one).toString('base64');
    if (!one || typeof one !== 'object' || Array.isArray(one)) return one;
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
