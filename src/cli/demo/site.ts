import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { PinspiderError } from '../../lib/errors.ts';
import { picture } from './image.ts';
import { avatarOf, boardPage, homePage, plainPage, profilePage } from './page.ts';
import { PRIVATE_USER, SUSPENDED_PATH, USERS } from './profiles.ts';

export interface DemoSite extends AsyncDisposable {
  /** `http://127.0.0.1:34567`, without a slash at its end. */
  readonly url: string;
  /** Addresses of the public profiles, TechCrunch first; the others can be reached from it by `a.userLink`. */
  readonly profiles: readonly string[];
}

export interface DemoSiteOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
}

/**
 * Serves the bundled site until disposed: profiles and boards in the markup of 2014's Pinterest, their pictures, a
 * suspended user, a dead link, and a corner that robots.txt forbids. The same bytes at every run.
 * @throws PinspiderError USAGE when the address cannot be listened on
 */
export async function startDemoSite({ host = '127.0.0.1', port = 0 }: DemoSiteOptions = {}): Promise<DemoSite> {
  const content = contentOf();
  const server = createServer((request, response) => answer(content, request, response));
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new PinspiderError({
      code: 'USAGE',
      where: `${host}:${port}`,
      what: 'the demo site cannot listen here',
      mend: 'choose another port, or 0 for any free one',
      cause,
    });
  }
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server)}`;
  return {
    url,
    profiles: USERS.map((user) => url + user.path),
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Content {
  readonly type: string;
  readonly body: string;
}

const HTML = 'text/html; charset=utf-8';
const ROBOTS = 'User-agent: *\nDisallow: /private/\n';

/** Everything that the site answers with 200, by path. */
function contentOf(): ReadonlyMap<string, Content> {
  const content = new Map<string, Content>();
  const everyone = [...USERS, PRIVATE_USER];
  const names = new Map([...everyone.map((user) => [user.path, user.name] as const), [SUSPENDED_PATH, 'Ghost Pins']]);
  const add = (path: string, type: string, body: string): unknown => content.set(path, { type, body });
  const addPicture = (path: string): unknown => add(path, 'image/svg+xml', picture(path));

  add('/', HTML, homePage(USERS));
  add('/robots.txt', 'text/plain; charset=utf-8', ROBOTS);
  add(SUSPENDED_PATH, HTML, plainPage('This account is suspended', 'Ghost Pins broke a rule, or several.'));
  for (const user of everyone) {
    add(user.path, HTML, profilePage(user, names));
    addPicture(avatarOf(user));
    for (const board of user.boards) {
      add(board.path, HTML, boardPage(user, board));
      for (const image of [board.cover, ...board.thumbs]) addPicture(image.src);
    }
  }
  return content;
}

function answer(content: ReadonlyMap<string, Content>, request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').replace(/[?#].*$/s, '');
  const found = content.get(path);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    send(
      response,
      405,
      { type: HTML, body: plainPage('Not here', 'This site can only be read.') },
      { allow: 'GET, HEAD' },
    );
  } else if (found !== undefined) {
    send(response, 200, found, { 'cache-control': 'max-age=3600' });
  } else if (content.has(`${path}/`)) {
    send(response, 301, { type: HTML, body: plainPage('Moved', `See ${path}/`) }, { location: `${path}/` });
  } else {
    send(response, 404, { type: HTML, body: plainPage('Oops!', 'We could not find that page.') }, {});
  }
}

/** Node leaves the body away by itself when the request was HEAD. */
function send(
  response: ServerResponse,
  status: number,
  { type, body }: Content,
  headers: Record<string, string>,
): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers }).end(body);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
