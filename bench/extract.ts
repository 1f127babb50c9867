/**
 * What reading a page costs for the jobs of the bench: the scan against the tree, on whole documentation sites, in µs of this process's CPU time.
 * With `--check`, instead: every page is read by both with hundreds of selectors, made of the page's own names, and every
 * difference is told.
 *
 *   npx tsx bench/extract.ts [--check] [--pages N] [FOLDER]...
 */
import { parseArgs } from 'node:util';
import { checkPages } from './extract-check.ts';
import { FOLDERS, pagesOf, readings, sizeOf } from './reading.ts';

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false }, pages: { type: 'string', default: '400' } },
  allowPositionals: true,
});

const folders = positionals.length > 0 ? positionals : FOLDERS;
for (const folder of folders) {
  const pages = pagesOf(folder, Number(values.pages));
  if (values.check) {
    const { selectors, differences } = checkPages(pages);
    console.log(`${folder}: ${pages.length} pages, ${selectors} selectors, ${differences.length} differences`);
    for (const difference of differences.slice(0, 20)) console.log(`  ${difference}`);
    if (differences.length > 0) process.exitCode = 1;
    continue;
  }
  console.log(`${folder}: ${pages.length} pages of ${sizeOf(pages).toFixed(1)} KB`);
  for (const { job, tree, scan } of await readings(pages)) {
    const ratio = (tree / scan).toFixed(1);
    console.log(`  ${job}: tree ${tree.toFixed(0)} µs, scan ${scan.toFixed(0)} µs a page, ${ratio} times`);
  }
}
