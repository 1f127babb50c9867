// Crawls a small site of its own with what was built, so that V8 has compiled what a run needs, and keeps that (src/lib/code-cache.ts).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const PAGES = 60;
const TRAINING_MAX_MS = 60_000;
const HOOK = resolve('scripts/code-cache-hook.mjs');

const page = (n) => {
  const links = Array.from({ length: 12 }, (_, i) => n + i + 1).filter((to) => to < PAGES);
  return `<!doctype html><html><head><meta charset="utf-8"><title>Page ${n}</title></head><body class="a b"><h1 id="top">Page ${n}</h1>
<!-- of the build --><p>Some <b>text</b> &amp; more</p><ul>${links.map((to) => `<li><a href="./${to}.html#a" rel="next">${to}</a></li>`).join('')}</ul></body></html>`;
};

// Written as people write their jobs: block style, comments, quotes, a job that it extends, a variable, a flag of the command.
const BASE = `# What jobs have in common.
politeness:
  delay: 0
  per_host: 8
executors:
  crawler:
    cpus: 1
    mem: 512
    max_instances: 1
    env:
      NODE_OPTIONS: ${JSON.stringify(`--import ${HOOK}`)}
`;
const JOB = `name: build
description: A site that the build serves itself.
extends: base.yaml

seeds:
  - '\${SEED:?the first page}'

follow: true
scope:
  allow:
    - '/^[^?]*/([^/?.]*|[^/?]*\\.html?)$/'

extractors:
  page:
    # Whatever it is about.
    fields:
      url: { from: url }
      title: title
      h1: h1
      p: "p"
      links: a[href]::count
      next: a[rel=next]::attr(href)

output:
  jsonl: page.jsonl
`;

/**
 * Makes the caches of what was built into `dist`. A crawl that cannot be made here (no loopback, say) leaves no cache: all works, and starts more slowly.
 */
export async function recordCodeCache(dist) {
  const folder = await mkdtemp(join(tmpdir(), 'pinspider-build-'));
  const server = createServer((request, response) => {
    const n = Number(/^\/(\d+)\.html$/.exec(request.url ?? '')?.[1] ?? NaN);
    if (request.url === '/robots.txt') response.end('User-agent: *\nDisallow: /none/\n');
    else if (!(n < PAGES)) response.writeHead(404).end();
    else {
      response.setHeader('content-type', 'text/html; charset=utf-8').setHeader('etag', `"${n}"`);
      if (n % 2 === 0) response.end(page(n));
      else response.setHeader('content-encoding', 'gzip').end(gzipSync(page(n)));
    }
  });
  try {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const file = join(folder, 'job.yaml');
    await writeFile(join(folder, 'base.yaml'), BASE);
    await writeFile(file, JOB);
    const own = ['--set', 'master=local', '--out', folder, '--state', join(folder, 'state'), '--quiet'];
    const child = spawn(process.execPath, ['--import', HOOK, join(dist, 'cli/main.js'), 'run', file, ...own], {
      stdio: 'inherit',
      env: { ...process.env, SEED: `http://127.0.0.1:${server.address().port}/0.html` },
      timeout: TRAINING_MAX_MS,
    });
    const [code] = await once(child, 'exit');
    if (code !== 0) console.warn(`no code cache was made: the run for it ended with ${code}`);
  } catch (error) {
    console.warn(`no code cache was made: ${error}`);
  } finally {
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  }
}
