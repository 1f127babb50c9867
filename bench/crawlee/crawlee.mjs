// Crawlee's CheerioCrawler on the benchmark's job: START=URL OUT=FILE node crawlee.mjs
// Nothing is persisted: records go to OUT as they come, which is the faster of its two ways.
import { createWriteStream } from 'node:fs';
import { CheerioCrawler, Configuration, log } from 'crawlee';

const CONCURRENCY = 32;
const { START: start, OUT: out } = process.env;
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
      const first = (selector) => squashed($(selector).first().text());
      file.write(
        `${JSON.stringify({
          url: request.loadedUrl ?? request.url,
          title: first('title'),
          h1: first('h1'),
          p: first('p'),
          links: $('a[href]').length,
        })}\n`,
      );
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

const began = performance.now();
await crawler.run([{ url: start, uniqueKey: start }]);
await new Promise((done) => file.end(done));
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000 }));
process.exit(0); // its timers would keep the process for a while
