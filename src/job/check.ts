import { normalizeExtractors, normalizeFollow } from '../extract/normalize.ts';
import type { ExtractorSpec, FollowRule } from '../extract/spec.ts';
import type { KeyPath, TellFault } from '../extract/types.ts';
import type { SinkSettings } from '../sinks/types.ts';
import { startsWith, type Broken } from './broken.ts';
import {
  checkExecutors,
  checkExpectations,
  checkPatterns,
  checkQuota,
  checkReach,
  checkTargets,
} from './cross-checks.ts';
import type { Faults } from './fault.ts';
import type { Job } from './job.generated.ts';
import { valuePlace } from './locate.ts';
import { readMaster, type ReadMaster } from './master.ts';
import { readOutputs } from './outputs.ts';
import type { Seed } from './resolved.ts';
import { readSeeds } from './seeds.ts';
import { checkCluster } from './cluster-checks.ts';
import { nodeAt, toData, type Tree } from './tree.ts';

export interface CheckContext {
  readonly tree: Tree;
  readonly faults: Faults;
  readonly secrets: Set<string>;
  readonly rank: () => number;
  readonly shown: (file: string) => string;
  /** Where relative output paths begin. */
  readonly outFolder: string;
  /** Paths that are refused already: nothing more is told of what stands around them. */
  readonly refused: readonly KeyPath[];
  readonly broken: Broken;
}

/** What the checks read of a job. A part is missing when it was not sound; then a fault is told. */
export interface Parts {
  readonly master?: Extract<ReadMaster, { ok: true }> | undefined;
  readonly seeds?: readonly Seed[] | undefined;
  readonly follow: readonly FollowRule[];
  readonly extractors: readonly ExtractorSpec[];
  readonly output?: readonly SinkSettings[] | undefined;
}

/** Everything that the schema cannot say. `job` has its defaults; keys in `context.broken` may have any form. */
export function checkJob(job: Job, context: CheckContext): Parts {
  const { tree, faults, broken } = context;
  const tell = teller(context);
  const written = nodeAt(tree, ['extractors']);
  const extractors = written ? normalizeExtractors(toData(written), tell) : [];
  // Names count even where what they name is wrong: one fault shall not make others.
  const names = written?.kind === 'map' ? [...written.entries.keys()] : [];
  const rules = nodeAt(tree, ['follow']);
  const follow = rules ? normalizeFollow(toData(rules), ['follow'], tell) : [];
  for (const path of [
    ['scope', 'allow'],
    ['scope', 'deny'],
  ])
    checkPatterns(path, context);
  checkQuota(context);
  checkTargets(names, context);
  const seeds = broken.at('seeds') ? undefined : readSeeds(job.seeds, context);
  if (!broken.at('executors') && nodeAt(tree, ['executors'])) checkExecutors(job.executors ?? {}, names, context);
  checkExpectations(job, names, context);
  const output =
    broken.within('output') || job.output === undefined
      ? undefined
      : readOutputs(job.output, { ...context, folder: context.outFolder, extractors: names });
  if (seeds && !broken.within('extractors') && !broken.within('follow')) checkReach(seeds, follow, extractors, context);
  if (!broken.at('fetch', 'charset')) checkCharset(job.fetch?.charset, context);
  const master = broken.at('master') ? undefined : readMaster(job.master ?? 'local', job.tls ? 'https' : 'http');
  if (master && !master.ok) faults.follow(valuePlace(tree, ['master']), master.what, master.mend);
  checkCluster(job, master?.ok ? master : undefined, context);
  return { master: master?.ok ? master : undefined, seeds, follow, extractors, output };
}

/** Faults of the extraction grammar at their places; not where the schema or a refusal has spoken already. */
function teller({ tree, faults, refused }: CheckContext): TellFault {
  return ({ path, what, mend, severity, span }) => {
    if (refused.some((r) => startsWith(path, r) || startsWith(r, path))) return;
    const place = valuePlace(tree, path, span);
    const node = nodeAt(tree, path);
    // What is wrong inside a map or list may be why something is missing in it.
    const around = node && node.kind !== 'scalar' ? node.place : place;
    if (severity === 'warning') faults.warn(place, what, mend);
    else if (!faults.touches(around) && !faults.touches(place)) faults.error(place, what, mend);
  };
}

function checkCharset(charset: string | undefined, { tree, faults }: CheckContext): void {
  if (charset === undefined) return;
  try {
    new TextDecoder(charset);
  } catch {
    faults.error(
      valuePlace(tree, ['fetch', 'charset']),
      `there is no encoding "${charset}"`,
      'e.g. utf-8, windows-1252 or shift_jis',
    );
  }
}
