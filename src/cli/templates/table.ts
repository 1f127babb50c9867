import { readFile } from 'node:fs/promises';
import { packageFile } from '../../lib/package-files.ts';
import { SHOP } from './shop.ts';
import { SITE } from './site.ts';

/** A job file without its first line, which names the schema; or why there is none. */
export type Template = { readonly read: () => Promise<string> } | { readonly lacks: string; readonly instead: string };

export const TEMPLATES: Readonly<Record<string, Template>> = {
  site: { read: () => Promise.resolve(SITE) },
  shop: { read: () => Promise.resolve(SHOP) },
  pinterest: { read: pinterest },
  api: { lacks: 'JSON sources', instead: 'pages are read as HTML; start from site' },
  sitemap: { lacks: 'sitemap seeds', instead: 'start from site, with follow: true or seeds: { file: urls.txt }' },
};

/** The shipped job, but for its tests: their pages are part of the project alone. */
async function pinterest(): Promise<string> {
  // The same relative place from src/cli/templates and from dist/cli/templates.
  const text = await readFile(packageFile('jobs/pinterest.yaml'), 'utf8');
  return (
    text
      .replace(/^# yaml-language-server:.*\n/, '')
      .replace(/^tests:\n(?:[ -].*\n|\n)*/m, '')
      .trimEnd() + '\n'
  );
}
