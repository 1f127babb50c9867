import { readFile, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';
import { type ControlAddress, controlPath } from '../framework/control-server.ts';
import { readRecord, storePath } from '../framework/crawl-state.ts';
import { frontierSettings } from '../framework/settings.ts';
import { lockRun } from '../framework/run-lock.ts';
import { type StateReport, type StateView, stateView, type UrlFilter } from '../framework/state-view.ts';
import { openFrontier } from '../frontier/frontier.ts';
import type { HostStatus, UrlStatus } from '../frontier/types.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { messageOf, PinspiderError } from '../lib/errors.ts';
import { openStore } from '../store/level-store.ts';

export type OpenState = StateView & AsyncDisposable;

/**
 * The state of a job: asked of the run that is under way, or read from its directory.
 *
 * @throws {PinspiderError} STATE_NONE when the job was never run there; RUN_LOCKED when its run does not answer
 */
export async function openState(job: ResolvedJob, directory: string, now: () => number): Promise<OpenState> {
  if (!(await exists(storePath(directory)))) throw noState(directory);
  let lock: AsyncDisposable;
  try {
    lock = await lockRun(directory, process.pid);
  } catch (error) {
    if (!(error instanceof PinspiderError && error.code === 'RUN_LOCKED')) throw error;
    const address = await controlOf(directory);
    if (address === undefined) throw error;
    return remoteView(address);
  }
  try {
    return await storedState(job, directory, lock, now);
  } catch (error) {
    await lock[Symbol.asyncDispose]();
    throw error;
  }
}

async function storedState(
  job: ResolvedJob,
  directory: string,
  lock: AsyncDisposable,
  now: () => number,
): Promise<OpenState> {
  const store = await openStore(storePath(directory), job.frontier);
  try {
    if (readRecord(store) === undefined) throw noState(directory);
    const frontier = await openFrontier(frontierSettings(job), store, now());
    const commit = (): Promise<void> => store.write(store.cut());
    return {
      ...stateView({ store, frontier, running: false, commit, now }),
      async [Symbol.asyncDispose]() {
        await store.close();
        await lock[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

// A run that has just begun has its lock before it can be asked.
const CONTROL_TRIES = 20;
const CONTROL_PAUSE_MS = 100;

async function controlOf(directory: string): Promise<ControlAddress | undefined> {
  for (let i = 0; i < CONTROL_TRIES; i++) {
    try {
      return JSON.parse(await readFile(controlPath(directory), 'utf8')) as ControlAddress;
    } catch {
      await sleep(CONTROL_PAUSE_MS);
    }
  }
  return undefined;
}

function remoteView({ port, token }: ControlAddress): OpenState {
  const agent = new Agent();
  const ask = async (method: 'GET' | 'POST', path: string, query: object): Promise<AsyncIterable<Buffer>> => {
    const { statusCode, body } = await agent
      .request({
        origin: `http://127.0.0.1:${port}`,
        path: `/${path}`,
        method,
        query: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)),
        headers: { authorization: `Bearer ${token}` },
      })
      .catch((error: unknown) => {
        throw new PinspiderError({
          code: 'RUN_LOCKED',
          what: `the run under way does not answer (${messageOf(error)})`,
          mend: 'it may just be ending: try again',
          cause: error,
        });
      });
    if (statusCode === 200) return body;
    throw new Error(`the run under way answered ${statusCode}: ${await body.text()}`);
  };
  const one = async <T>(method: 'GET' | 'POST', path: string, query: object = {}): Promise<T> => {
    const chunks = [];
    for await (const chunk of await ask(method, path, query)) chunks.push(chunk);
    return JSON.parse(Buffer.concat(chunks).toString()) as T;
  };
  const many = async function* <T>(path: string, query: object = {}): AsyncGenerator<T> {
    let rest = Buffer.alloc(0);
    for await (const chunk of await ask('GET', path, query)) {
      const text = Buffer.concat([rest, chunk]);
      const end = text.lastIndexOf(0x0a) + 1;
      for (const line of text.subarray(0, end).toString().split('\n')) if (line !== '') yield JSON.parse(line) as T;
      rest = text.subarray(end);
    }
  };
  return {
    report: () => one<StateReport>('GET', 'report'),
    hosts: () => many<HostStatus>('hosts'),
    urls: (filter: UrlFilter) => many<UrlStatus>('urls', filter),
    find: (url) => one<readonly UrlStatus[]>('GET', 'find', { url }),
    requeue: (filter) => one<number>('POST', 'requeue', filter),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function noState(directory: string): PinspiderError {
  return new PinspiderError({
    code: 'STATE_NONE',
    where: directory,
    what: 'no crawl of this job is known',
    mend: 'run it first, or name the directory of its state with --dir DIR',
  });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
