import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkServerIdentity, type ConnectionOptions, createSecureContext } from 'node:tls';
import { messageOf, PinspiderError } from '../lib/errors.ts';

/** Files in PEM form, as operators name them. */
export interface TlsFiles {
  /** Certificates of the authorities to trust, in place of the system's. */
  readonly ca?: string | undefined;
  /** Each file in it holds the certificate of one more authority. */
  readonly caDirectory?: string | undefined;
  /** Our own certificate, with those between it and its authority, and its private key. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** How to speak TLS to a master or agent. */
export interface Tls {
  readonly ca?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
  /**
   * What the other end must show: `name` (default) a certificate of a trusted authority for its host, `chain` one for any
   * host, `none` any certificate at all.
   */
  readonly verify?: 'name' | 'chain' | 'none';
  /** Names that its certificate may bear in place of the host that we connect to. */
  readonly names?: readonly string[];
}

/**
 * Reads certificates and key, and tries them together: a key that belongs to another certificate is told here, not at the
 * first connection.
 *
 * @throws {PinspiderError} CONFIG_UNREADABLE for a file that cannot be read, CONFIG_INVALID for one that is none of these
 */
export async function readTls(files: TlsFiles): Promise<Tls> {
  const directory = files.caDirectory;
  const more =
    directory === undefined
      ? []
      : (await read(directory, (path) => readdir(path))).map((name) => join(directory, name));
  const ca = await Promise.all([...(files.ca === undefined ? [] : [files.ca]), ...more].map(text));
  const cert = files.cert === undefined ? undefined : await text(files.cert);
  const key = files.key === undefined ? undefined : await text(files.key);
  const tls: Tls = {
    ...(ca.length > 0 && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
  for (const [name, file] of [
    ['ca', files.ca],
    ['cert', files.cert],
    ['key', files.key],
  ] as const) {
    const part = name === 'ca' ? ca[0] : tls[name];
    if (file !== undefined && !/-----BEGIN [A-Z ]+-----/.test(part ?? ''))
      throw bad(file, 'this file is not in PEM form');
  }
  try {
    createSecureContext(secureOptions(tls));
  } catch (error) {
    const shown = [files.ca, files.cert, files.key].filter((file) => file !== undefined).join(', ');
    throw bad(shown, `certificate and key are not to be used together (${messageOf(error)})`, error);
  }
  return tls;
}

type Secure = Pick<ConnectionOptions, 'ca' | 'cert' | 'key'>;

/** As node:tls takes it. */
export function connectOptions(
  tls: Tls,
): Secure & Pick<ConnectionOptions, 'rejectUnauthorized' | 'checkServerIdentity'> {
  const { verify = 'name', names = [] } = tls;
  return {
    ...secureOptions(tls),
    rejectUnauthorized: verify !== 'none',
    checkServerIdentity: (host, certificate) => {
      if (verify === 'chain') return undefined;
      const faults = [host, ...names].map((name) => checkServerIdentity(name, certificate));
      return faults.includes(undefined) ? undefined : faults[0];
    },
  };
}

function secureOptions({ ca, cert, key }: Tls): Secure {
  return { ...(ca && { ca: [...ca] }), ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) };
}

const text = (file: string): Promise<string> => read(file, (path) => readFile(path, 'utf8'));

async function read<T>(path: string, how: (path: string) => Promise<T>): Promise<T> {
  try {
    return await how(path);
  } catch (cause) {
    const what = `the TLS file cannot be read (${messageOf(cause)})`;
    throw new PinspiderError({
      code: 'CONFIG_UNREADABLE',
      where: path,
      what,
      mend: 'check path and permissions',
      cause,
    });
  }
}

function bad(where: string, what: string, cause?: unknown): PinspiderError {
  return new PinspiderError({ code: 'CONFIG_INVALID', where, what, mend: 'see tls in the job reference', cause });
}
