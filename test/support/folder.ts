import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Folder extends AsyncDisposable {
  /** Absolute. */
  readonly path: string;
  read(file: string): Promise<string>;
  /** Whoever watches or reads the file sees the old content or the new, never a part. */
  write(file: string, content: string | Uint8Array): Promise<void>;
}

/** A folder of its own with these files; `await using` removes it. */
export async function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'pinspider-folder-'));
  const made: Folder = {
    path,
    read: (file) => readFile(join(path, file), 'utf8'),
    async write(file, content) {
      await mkdir(dirname(join(path, file)), { recursive: true });
      await writeFile(join(path, `${file}.part`), content);
      await rename(join(path, `${file}.part`), join(path, file));
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
  for (const [file, content] of Object.entries(files)) await made.write(file, content);
  return made;
}
