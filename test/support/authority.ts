import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const openssl = promisify(execFile);

/** A certificate and its key, in files and as text. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** A certificate authority that lives as long as its test. */
export interface Authority extends AsyncDisposable {
  readonly directory: string;
  readonly ca: string;
  readonly caFile: string;
  /** @param names alternative names, as `IP:127.0.0.1` or `DNS:localhost` */
  issue(name: string, names?: string): Promise<Identity>;
}

export async function authority(): Promise<Authority> {
  const directory = await mkdtemp(join(tmpdir(), 'authority-'));
  const at = (name: string): string => join(directory, name);
  const run = (...args: string[]): Promise<unknown> => openssl('openssl', args, { cwd: directory });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await run(
    'req',
    '-x509',
    ...newKey,
    '-subj',
    '/CN=test authority',
    '-days',
    '2',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  );
  return {
    directory,
    ca: await readFile(at('ca.pem'), 'utf8'),
    caFile: at('ca.pem'),
    async issue(name, names = 'IP:127.0.0.1') {
      await writeFile(at(`${name}.ext`), `subjectAltName=${names}\n`);
      await run('req', ...newKey, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
      const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', `${name}.ext`];
      await run('x509', '-req', '-in', `${name}.csr`, ...signed, '-out', `${name}.pem`);
      const [certFile, keyFile] = [at(`${name}.pem`), at(`${name}.key`)];
      return { certFile, keyFile, cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') };
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}
