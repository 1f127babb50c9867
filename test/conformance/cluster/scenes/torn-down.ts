import { subscribe } from '../../../support/tiny-scheduler.ts';
import type { Player } from '../player.ts';
import { SECRET } from '../stage.ts';

/** A framework of that id had come and gone. */
export async function tornDown({ stage }: Player, frameworkId: string): Promise<undefined> {
  await using scheduler = await subscribe({ url: stage.cluster.url, secret: SECRET }, { id: { value: frameworkId } });
  await stage.settle(() => scheduler.frameworkId !== '', 1000);
  await scheduler.call({ type: 'TEARDOWN' });
  await stage.settle(() => scheduler.end !== undefined, 1000);
}
