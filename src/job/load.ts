import { dirname, resolve } from 'node:path';
import type { KeyPath } from '../extract/types.ts';
import { redactUrl } from '../lib/url.ts';
import { brokenParts } from './broken.ts';
import { checkJob } from './check.ts';
import { coerceSubstituted } from './coerce.ts';
import { explainErrors } from './explain.ts';
import { readTree, shownPath } from './extends.ts';
import { Faults } from './fault.ts';
import type { Job } from './job.generated.ts';
import { valuePlace } from './locate.ts';
import { maskOf } from './mask.ts';
import { secretIn } from './master.ts';
import { resolveJob } from './resolve.ts';
import type { ResolvedJob } from './resolved.ts';
import { jobValidator } from './schema.ts';
import { isSecretPath } from './secret-names.ts';
import { applySetting, flagPlace, flagSource, readSetting, type Setting } from './set.ts';
import { longForms } from './short-forms.ts';
import type { Source } from './source.ts';
import { mapScalars, nodeAt, toData, type Tree } from './tree.ts';
import { refuseUnsupported } from './unsupported.ts';
import { fillVariables } from './variables.ts';

export interface LoadOptions {
  /** For `${NAME}`; USER names the system user of executors. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative output paths start, and to which names of files in messages are relative. Absolute. */
  readonly cwd: string;
  /** `path=value`, the value as YAML. */
  readonly set?: readonly string[] | undefined;
  /** What flags of their own put in place of the job's. */
  readonly overrides?:
    | {
        readonly master?: string | undefined;
        readonly seeds?: readonly string[] | undefined;
        /** Where relative output paths start, in place of `cwd`. */
        readonly out?: string | undefined;
        /** Pages at most. */
        readonly limit?: number | undefined;
      }
    | undefined;
  /** User-Agent of a job that gives none. */
  readonly userAgent?: string | undefined;
}

export interface LoadedJob {
  readonly job: ResolvedJob;
  /** As errors read, with their places; secrets masked. */
  readonly warnings: readonly string[];
}

/** Flags come after all files, however many of them there are. */
const FLAG_RANK = 1e9;
const USER_AGENT = 'pinspider/0.1.0 (+https://pinspider.dev)';

/**
 * Reads, checks and resolves a job file.
 * @throws {PinspiderError} CONFIG_INVALID with every fault as `file:line:col: what; how to mend`, source line and caret, in the order of the text;
 * CONFIG_UNREADABLE when the file cannot be read
 */
export async function loadJob(file: string, options: LoadOptions): Promise<LoadedJob> {
  const path = resolve(options.cwd, file);
  const faults = new Faults();
  let sources = 0;
  const rank = (): number => sources++;
  const written = await readTree(path, options.cwd, faults, rank);
  const settings = readFlags(options, dirname(path), faults);
  if (!written) faults.throwIfAny(maskOf([]));
  if (!written) throw new Error('bug: a job file without tree and without fault');

  const secrets = new Set<string>();
  const merged = filled(written, settings, options, faults, secrets);
  const validator = jobValidator();
  const tree = coerceSubstituted(merged, validator.check(toData(merged)));
  const data = longForms(toData(tree));
  const errors = validator.check(data);
  explainErrors(errors, tree, validator.schema, faults);
  const refused = refuseUnsupported(tree, faults);
  const job = data as Job;
  const outFolder = resolve(options.cwd, options.overrides?.out ?? '.');
  const parts = checkJob(job, {
    tree,
    faults,
    secrets,
    rank,
    shown: (f) => shownPath(f, options.cwd),
    outFolder,
    refused,
    broken: brokenParts(errors, tree),
  });
  const mask = maskOf(secrets);
  faults.throwIfAny(mask);
  const resolved = resolveJob(job, parts, {
    file: path,
    user: options.env['USER'] || 'root',
    namesExecutors: nodeAt(tree, ['executors']) !== undefined,
    userAgent: options.userAgent ?? USER_AGENT,
    folderOf: (at) => valuePlace(tree, at).source.folder,
    secrets,
  });
  return { job: resolved, warnings: faults.warnings(mask) };
}

/** The flags as settings; they are told of after all files. */
function readFlags({ set = [], overrides = {} }: LoadOptions, folder: string, faults: Faults): readonly Setting[] {
  const flag = (name: string, i: number): Source => flagSource(name, folder, FLAG_RANK + i);
  const settings = set.flatMap((text, i) => readSetting(text, flag(`--set ${text}`, i), faults) ?? []);
  const own = (path: KeyPath, name: string, value: string | number): Setting => ({
    path,
    value: { kind: 'scalar', value, place: flagPlace(flag(name, set.length)) },
  });
  const { master, limit, seeds } = overrides;
  if (master !== undefined) settings.push(own(['master'], `--master ${redactUrl(master)}`, master));
  if (limit !== undefined) settings.push(own(['scope', 'max_pages'], `--limit ${limit}`, limit));
  if (seeds && seeds.length > 0) {
    const items = seeds.map((seed) => own([], `--seed ${redactUrl(seed)}`, seed).value);
    settings.push({ path: ['seeds'], value: { kind: 'list', items, place: flagPlace(flag('--seed', set.length)) } });
  }
  return settings;
}

/** Variables filled in and flags laid on top; `--set vars.x=...` goes before the variables, so that they see it. */
function filled(
  written: Tree,
  settings: readonly Setting[],
  options: LoadOptions,
  faults: Faults,
  secrets: Set<string>,
): Tree {
  const apply = (tree: Tree, some: readonly Setting[]): Tree => some.reduce((t, s) => applySetting(t, s, faults), tree);
  const early = settings.filter((s) => s.path[0] === 'vars');
  const tree = fillVariables(apply(written, early), { env: options.env, faults, secrets });
  const whole = apply(
    tree,
    settings.filter((s) => s.path[0] !== 'vars'),
  );
  collectSecrets(whole, secrets);
  return whole;
}

function collectSecrets(tree: Tree, secrets: Set<string>): void {
  mapScalars(tree, (scalar, path) => {
    if (scalar.value !== null && scalar.value !== '' && !scalar.substituted && isSecretPath(path))
      secrets.add(String(scalar.value));
    return scalar;
  });
  const master = nodeAt(tree, ['master']);
  const secret = master?.kind === 'scalar' ? secretIn(String(master.value)) : undefined;
  if (secret) secrets.add(secret);
}
