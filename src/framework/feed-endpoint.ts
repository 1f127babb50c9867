import { FeedServer } from '../feed/server.ts';
import type { CrawlRecord } from './crawl-state.ts';
import type { Delivery } from './infos.ts';
import type { RunOptions } from './run-options.ts';

type Listening = Pick<Parameters<typeof FeedServer.listen>[0], 'token' | 'artifacts' | 'exchange'>;

/** Listens where the last process did, if that is free: tasks that go on know that port. */
export async function listenForFeed(
  { feed }: RunOptions,
  { feedPort }: CrawlRecord,
  server: Listening,
): Promise<FeedServer> {
  const any = feed.port === 0 || feed.orAnyPort === true;
  return FeedServer.listen({ ...server, host: feed.listen, port: (any && feedPort) || feed.port, orAnyPort: any });
}

/** Base URL under which agents reach the feed. */
export function feedBase({ feed }: RunOptions, port: number): string {
  const { advertise } = feed;
  return `http://${/:\d+$/.test(advertise) ? advertise : `${advertise}:${port}`}`;
}

export function deliveryOf({ executor }: RunOptions, base: string): Delivery {
  return 'delivery' in executor ? executor.delivery : { type: 'uri', uri: `${base}${executor.serve.path}` };
}
