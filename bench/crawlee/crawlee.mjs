// Crawlee's CheerioCrawler on a job of the benchmark: START=URL OUT=FILE [JOB=bench|ten|dom] node crawlee.mjs
// Nothing is persisted: records go to OUT as they come, which is the faster of its two ways.
import { createWriteStream } from 'node:fs';
import { CheerioCrawler, Configuration, log } from 'crawlee';

const CONCURRENCY = 32;
const { START: start, OUT: out, JOB: job = 'bench' } = process.env;
const host = new URL(start).host;

log.setLevel(log.LEVELS.OFF);
const config = new Configuration({
  persistStorage: false,
  purgeOnStart: true,
  // Without room to spare its autoscaling holds requests back.
  memoryMbytes: 16_384,
  availableMemoryRatio: 0.9,
});
const file = createWriteStream(out);
const squashed = (text) => text.replace(/\s+/g, ' ').trim();

/** What each job reads of a page. */
const JOBS = {
  bench: ($) => ({ title: textOf($('title')), h1: textOf($('h1')), p: textOf($('p')), links: $('a[href]').length }),
  ten: ($) => ({
    title: textOf($('title')),
    description: $('meta[name="description"], meta[property="description"]').attr('content'),
    heading: textOf($('h1, h2.title, .refentrytitle')),
    intro: textOf($('p')),
    codes: textsOf($, $('pre')),
    up: $('a[accesskey="u"]').attr('href'),
    links: $('a[href]').length,
    sections: objects($, 'div.sect1, div.sect2, div.section, section', (section) => ({
      name: textOf(section.find('h2, h3')),
      first: textOf(section.find('p')),
      terms: textsOf($, section.find('code')),
    })),
    rows: objects($, 'table tr', (row) => ({ cells: textsOf($, row.find('td')) })),
  }),
  dom: ($) => ({
    title: textOf($('title:not(:empty)')),
    heading: textOf($('h1:not(:has(img)), h2:not(:has(img))')),
    intro: textOf($('p:not(:has(img)):not(:empty)')),
    note: textOf($('p:contains("note"), dd:contains("note")')),
    listings: $('div:has(> pre)').length,
    links: $('a[href]:not(:has(img)):not(:empty)').length,
    lists: objects($, 'ul:has(li a)', (list) => ({
      first: textOf(list.find('li:has(a)')),
      items: list.find('li:not(:empty)').length,
    })),
  }),
};
const read = JOBS[job];

function textOf(found) {
  return squashed(found.first().text());
}

function textsOf($, found) {
  return found.toArray().map((element) => squashed($(element).text()));
}

function objects($, selector, of) {
  return $(selector)
    .toArray()
    .map((element) => of($(element)));
}

/** The address without fragment when the link is in the benchmark's scope, or undefined. */
function wanted(link) {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.host !== host || url.search !== '' || !/^https?:$/.test(url.protocol)) return undefined;
  const last = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  if (last.includes('.') && !/\.html?$/.test(last)) return undefined;
  url.hash = '';
  return url.href;
}

const crawler = new CheerioCrawler(
  {
    minConcurrency: CONCURRENCY,
    maxConcurrency: CONCURRENCY,
    autoscaledPoolOptions: { desiredConcurrency: CONCURRENCY, maybeRunIntervalSecs: 0.05 },
    useSessionPool: false,
    maxRequestRetries: 0,
    retryOnBlocked: false,
    async requestHandler({ request, response, $, enqueueLinks }) {
      if (response.statusCode !== 200) return; // it hands over 404 pages too
      file.write(`${JSON.stringify({ url: request.loadedUrl ?? request.url, ...read($) })}\n`);
      await enqueueLinks({
        selector: 'a[href]',
        strategy: 'same-hostname',
        transformRequestFunction: (next) => {
          const url = wanted(next.url);
          if (url === undefined) return false;
          next.url = next.uniqueKey = url;
          return next;
        },
      });
    },
  },
  config,
);

await crawler.run([{ url: start, uniqueKey: start }]);
await new Promise((done) => file.end(done));
process.exit(0); // its timers would keep the process for a while
