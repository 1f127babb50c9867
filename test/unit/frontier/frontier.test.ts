import { onTestFinished } from 'vitest';
import { openFrontier } from '../../../src/frontier/frontier.ts';
import { frontierContract } from '../../support/frontier-contract.ts';
import { diskHome, memoryHome } from '../../support/frontier-stores.ts';

frontierContract('in memory', async (settings) => openFrontier(settings, await memoryHome().open(), 0));

frontierContract('in memory, all but the heads of queues put out', async (settings) =>
  openFrontier({ ...settings, hotUrls: 0 }, await memoryHome().open(), 0),
);

frontierContract('on disk', async (settings) => {
  const home = await diskHome();
  onTestFinished(() => home[Symbol.asyncDispose]());
  return openFrontier(settings, await home.open(), 0);
});
