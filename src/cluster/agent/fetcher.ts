import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import type { CommandInfoURI } from '../../mesos/messages.generated.ts';

const run = promisify(execFile);

/**
 * Brings the files of a command into its sandbox, one after the other: absolute paths, file:, http: and https: URLs.
 * Archives are unpacked into the sandbox's root and stay beside their content; `executable` files are not unpacked.
 *
 * @param log lines for the executor's stderr, where Mesos's fetcher writes too
 * @throws whatever stands in the way of the first URI that cannot be had
 */
export async function fetchUris(
  uris: readonly CommandInfoURI[],
  sandbox: string,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  for (const uri of uris) {
    const file = join(sandbox, targetName(uri));
    log(`Fetching '${uri.value}' to '${file}'`);
    await mkdir(dirname(file), { recursive: true });
    await bring(uri.value, file, signal);
    if (uri.executable) await chmod(file, 0o755);
    else if (uri.extract ?? true) await unpack(file, sandbox, signal);
  }
}

/** The last part of the path, a query string included, as Mesos names it; or `output_file`. */
function targetName({ value, output_file: outputFile }: CommandInfoURI): string {
  if (/['\\\0]/.test(value)) throw new Error(`the URI '${value}' has characters that are not allowed`);
  if (outputFile === undefined || outputFile === '') return basename(value);
  if (isAbsolute(outputFile) || normalize(outputFile).startsWith('..')) {
    throw new Error(`the output file '${outputFile}' is outside of the sandbox`);
  }
  return outputFile;
}

async function bring(uri: string, file: string, signal: AbortSignal): Promise<void> {
  if (uri.startsWith('/')) await copyFile(uri, file);
  else if (uri.startsWith('file:')) await copyFile(fileURLToPath(uri), file);
  else if (/^https?:/.test(uri)) {
    const response = await fetch(uri, { signal });
    if (response.status !== 200 || !response.body) throw new Error(`HTTP status ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file), { signal });
  } else throw new Error(`no way to fetch '${uri}': the scheme is not file, http or https`);
}

async function unpack(file: string, sandbox: string, signal: AbortSignal): Promise<void> {
  if (/\.(tar|tgz|tar\.gz|tbz2|tar\.bz2|txz|tar\.xz)$/.test(file))
    await run('tar', ['-C', sandbox, '-xf', file], { signal });
  else if (file.endsWith('.zip')) await run('unzip', ['-o', '-q', '-d', sandbox, file], { signal });
  else if (file.endsWith('.gz')) {
    await pipeline(createReadStream(file), createGunzip(), createWriteStream(file.slice(0, -'.gz'.length)), { signal });
  }
}
