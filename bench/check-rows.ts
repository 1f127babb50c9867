/**
 * tsx bench/check-rows.ts ROWS.jsonl FOLDER URL: holds the rows of `jobs/links.yaml` against the files of the site, of which FOLDER is
 * served at URL and every HTML file is linked. Read here by parse5, which shares no code with the crawler's parser. Exit code 1 when
 * they differ.
 */
import { load } from 'cheerio';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differenceLines, differences, readRows, type Row, type Rows } from './rows.ts';

const [file = '', folder = '', url = ''] = process.argv.slice(2);
const crawled = await readRows(file);
const onDisk = rowsOfFiles();
const lines = differenceLines(differences(crawled, onDisk, ['title', 'h1', 'links']), 'crawled', 'on disk');
for (const line of lines) process.stdout.write(`${line}\n`);
process.stdout.write(
  `${crawled.byUrl.size} pages crawled, ${onDisk.byUrl.size} on disk, ${lines.length} differences, ${crawled.repeated} rows repeated\n`,
);
if (lines.length > 0 || crawled.repeated > 0 || onDisk.byUrl.size === 0) process.exitCode = 1;

function rowsOfFiles(): Rows {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
  return { byUrl: new Map(names.map((name) => [new URL(name, url).href, rowOf(join(folder, name))])), repeated: 0 };
}

function rowOf(path: string): Row {
  const $ = load(readFileSync(path, 'utf8'));
  const first = (selector: string): string => $(selector).first().text().replace(/\s+/g, ' ').trim();
  return { title: first('title'), h1: first('h1'), links: $('a[href]').length };
}
