import type { Broken } from './broken.ts';
import type { Faults } from './fault.ts';
import type { Executor, Job } from './job.generated.ts';
import { keyPlace, valuePlace } from './locate.ts';
import type { ReadMaster } from './master.ts';
import { isSecretVariable } from './secret-names.ts';
import type { Tree } from './tree.ts';

interface Checked {
  readonly tree: Tree;
  readonly faults: Faults;
  readonly broken: Broken;
}

type Master = Extract<ReadMaster, { ok: true }>;

/** What the schema cannot say of the way to a cluster and of how its agents run workers. */
export function checkCluster(job: Job, master: Master | undefined, checked: Checked): void {
  const { broken } = checked;
  if (!broken.at('principal') && !broken.at('secret')) checkCredential(job, master, checked);
  if (!broken.within('tls')) checkTls(job, master, checked);
  for (const [name, executor] of broken.at('executors') ? [] : Object.entries(job.executors ?? {})) {
    if (!broken.within('executors', name, 'container')) checkContainer(name, executor, master, checked);
    if (!broken.within('executors', name, 'env') && master?.master.kind !== 'local')
      checkEnvironment(name, executor, checked);
  }
}

/** HTTP Basic joins principal and secret by a colon; a master that finds two refuses everything. */
function checkCredential(job: Job, master: Master | undefined, { tree, faults }: Checked): void {
  for (const key of ['principal', 'secret'] as const) {
    const inAddress = job[key] === undefined && master?.[key]?.includes(':') === true;
    if (!inAddress && !job[key]?.includes(':')) continue;
    const place = valuePlace(tree, [inAddress ? 'master' : key]);
    faults.error(place, `the ${key} has a ":" in it, which Mesos cannot take`, `choose another ${key}`);
  }
  if (job.secret !== undefined && job.principal === undefined && master?.principal === undefined)
    faults.error(keyPlace(tree, ['secret']), 'a secret without a principal', 'add principal: NAME');
}

function checkTls({ tls }: Job, master: Master | undefined, { tree, faults }: Checked): void {
  if (!tls) return;
  for (const [key, other] of [
    ['cert', 'key'],
    ['key', 'cert'],
  ] as const)
    if (tls[key] !== undefined && tls[other] === undefined)
      faults.error(keyPlace(tree, ['tls', key]), `tls.${key} without tls.${other}`, `add tls.${other}: FILE`);
  if (master?.master.kind === 'http' && master.master.urls.some((url) => url.startsWith('http:')))
    faults.error(valuePlace(tree, ['master']), 'tls is given, but this master is asked by http', 'write https://');
}

function checkContainer(name: string, { container }: Executor, master: Master | undefined, checked: Checked): void {
  if (container === undefined || typeof container === 'string') return;
  const { tree, faults } = checked;
  const path = ['executors', name, 'container'];
  const { type, network, parameters = {} } = container;
  if (network === 'none') {
    const what = `executors.${name}.container.network: none cuts a worker off from its agent`;
    faults.error(valuePlace(tree, [...path, 'network']), what, 'leave it out, or name a network');
  }
  if (type !== 'docker' && network === 'bridge')
    faults.error(valuePlace(tree, [...path, 'network']), 'bridge is a network of Docker', 'add type: docker');
  if (type !== 'docker' && Object.keys(parameters).length > 0)
    faults.error(keyPlace(tree, [...path, 'parameters']), 'parameters are those of docker run', 'add type: docker');
  if ('name' in parameters)
    faults.error(keyPlace(tree, [...path, 'parameters', 'name']), 'Mesos names its containers itself', 'remove it');
  if (master?.master.kind === 'local')
    faults.warn(keyPlace(tree, path), 'the embedded cluster runs workers without a container');
}

/** Agents and masters show a command's environment to whoever may see their state, and in error messages. */
function checkEnvironment(name: string, { env = {} }: Executor, { tree, faults }: Checked): void {
  for (const key of Object.keys(env).filter(isSecretVariable)) {
    const what = `executors.${name}.env.${key} looks like a secret, and Mesos shows it to whoever may see its state`;
    faults.warn(keyPlace(tree, ['executors', name, 'env', key]), what, 'give it to the agents instead');
  }
}
