// What the executor uses of undici. The package's entry point also loads fetch, WebSocket, caches, mocks and more: half a megabyte
// that would be parsed at each start of a worker. Only the bundle is built with this; everything else imports undici itself.
import api from '../node_modules/undici/lib/api/index.js';
import buildConnector from '../node_modules/undici/lib/core/connect.js';
import errors from '../node_modules/undici/lib/core/errors.js';
import Agent from '../node_modules/undici/lib/dispatcher/agent.js';
import Client from '../node_modules/undici/lib/dispatcher/client.js';
import Dispatcher from '../node_modules/undici/lib/dispatcher/dispatcher.js';

// As the entry point does: request, stream and the like are methods of every dispatcher.
Object.assign(Dispatcher.prototype, api);

export { Agent, buildConnector, Client, errors };
