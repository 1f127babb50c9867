import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Player } from '../player.ts';

/** What lay in the recorded sandbox when its executor began: paths, and which of them could be run. */
const SANDBOX = [
  'a.txt',
  'bundle.tar.gz',
  'http-bundle.tgz',
  'keep.tar.gz',
  'pkg/a.txt',
  'pkg/run.sh x',
  'renamed.sh x',
  'script.sh x',
  'script.sh?x=1&y=2',
  'stderr',
  'stdout',
  'sub/dir/k.tar.gz',
];

/** The files that the recorded executor asked for, on disk and over HTTP. */
export async function servedFiles(player: Player): Promise<() => void> {
  const folder = join(player.stage.workDir, 'fetch');
  mkdirSync(join(folder, 'pkg'), { recursive: true });
  writeFileSync(join(folder, 'pkg/a.txt'), 'a');
  writeFileSync(join(folder, 'pkg/run.sh'), '#!/bin/sh\necho hello\n', { mode: 0o755 });
  writeFileSync(join(folder, 'script.sh'), '#!/bin/sh\necho hello\n');
  for (const name of ['bundle.tar.gz', 'http-bundle.tgz', 'keep.tar.gz']) {
    execFileSync('tar', ['-C', folder, '-czf', join(folder, name), 'pkg']);
  }
  const known = readdirSync(folder);
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://x').pathname.slice(1);
    if (known.includes(name)) createReadStream(join(folder, name)).pipe(response);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  player.likeness.say('/srv/mesos-run/fetch', folder);
  player.likeness.say('127.0.0.1:8099', `127.0.0.1:${port}`);
  return () => {
    server.close();
    server.closeAllConnections();
  };
}

/** The sandbox of the executor, compared with the recorded one. */
export function fetchedFiles(player: Player): void {
  const running = player.stage.process('e1');
  if (!running) return; // the missing process is told elsewhere
  const sandbox = player.stage.environmentOf(running.pid)['MESOS_SANDBOX'] ?? '';
  const found = readdirSync(sandbox, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile()) // not the pipe by which the stand-in is spoken to
    .map((one) => join(one.parentPath, one.name))
    .map((path) => `${path.slice(sandbox.length + 1)}${(statSync(path).mode & 0o111) === 0 ? '' : ' x'}`)
    .sort();
  const difference = player.likeness.differs(SANDBOX, found, 'sandbox');
  if (difference !== undefined) player.report(0, difference);
}
