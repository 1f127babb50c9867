import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Absolute path of a file that the package ships, e.g. `schemas/job.schema.json`: the same from the sources and from a bundle. */
export function packageFile(path: string): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder) throw new Error('bug: the code lies in no package');
    folder = dirname(folder);
  }
  return join(folder, path);
}
