import { writeFile } from 'node:fs/promises';
import { basename, dirname, extname, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { shownPath } from '../../job/extends.ts';
import { messageOf, PinspiderError } from '../../lib/errors.ts';
import { makeDirectory } from '../../lib/make-directory.ts';
import { packageFile } from '../../lib/package-files.ts';
import { didYouMean } from '../../lib/suggest.ts';
import { TEMPLATES } from '../templates/table.ts';
import type { Terminal } from '../terminal.ts';

export interface InitFlags {
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
}

const SCHEMA = packageFile('schemas/job.schema.json');

/**
 * `pinspider init [TEMPLATE]`: writes a commented job file that validates, and never over another without `--force`.
 * Resolves with the exit code.
 *
 * @throws {PinspiderError} USAGE
 */
export async function init(
  name: string,
  { out, force }: InitFlags,
  { cwd, stdout, stderr }: Terminal,
): Promise<number> {
  const body = await readTemplate(name);
  const file = resolve(cwd, out ?? `${name}.yaml`);
  const shown = shownPath(file, cwd);
  const text = `# yaml-language-server: $schema=${schemaPath(SCHEMA, dirname(file), cwd)}\n${named(body, file)}`;
  try {
    await makeDirectory(dirname(file));
    await writeFile(file, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new PinspiderError({
      code: 'USAGE',
      where: shown,
      what: exists ? 'the file exists' : `cannot be written (${messageOf(error)})`,
      mend: exists ? '--force replaces it, --out FILE writes another' : 'choose another --out FILE',
      cause: error,
    });
  }
  stdout.write(`${shown}\n`);
  stderr.write(`next: pinspider try ${shown} URL, then pinspider run ${shown}\n`);
  return 0;
}

async function readTemplate(name: string): Promise<string> {
  const template = Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name] : undefined;
  const there = Object.keys(TEMPLATES).filter((known) => 'read' in (TEMPLATES[known] ?? {}));
  if (!template) {
    const mend = didYouMean(name, there) ?? `there is ${there.join(', ')}`;
    throw new PinspiderError({ code: 'USAGE', what: `there is no template "${name}"`, mend });
  }
  if ('read' in template) return template.read();
  throw new PinspiderError({
    code: 'USAGE',
    what: `template ${name} needs ${template.lacks}, which this version does not have yet`,
    mend: `${template.instead}; there is ${there.join(', ')}`,
  });
}

/** The job is called as its file, where that is a sensible name. */
function named(body: string, file: string): string {
  const name = basename(file, extname(file));
  return /^[A-Za-z][\w-]*$/.test(name) ? body.replace(/^name: .*$/m, `name: ${name}`) : body;
}

/**
 * How the editor shall find the schema: relative when both are under the folder of the command (it then holds in a checkout
 * elsewhere too), else absolute. The line ends at white space, so a path with any is written as a URL.
 */
function schemaPath(schema: string, folder: string, cwd: string): string {
  const own = [schema, folder].every((path) => !relative(cwd, path).startsWith('..'));
  const path = own ? relative(folder, schema).split(sep).join('/') : schema;
  if (!/\s/.test(path)) return own && !path.startsWith('.') ? `./${path}` : path;
  return pathToFileURL(schema).href;
}
