/** WebSockets over the simulated network, by the same library that Node programs use. */
import { WebSocket } from 'ws';
import type { Caller, Network } from './network.ts';

/** As Node's own of `ws`: it also tells of pings. */
export function createSocketClass(network: Network, caller: Caller): new (url: string | URL) => WebSocket {
  return class SimWebSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, {
        createConnection: () => network.connect(caller) as never,
        perMessageDeflate: false,
      } as object);
      // A browser's socket that fails says so by its close alone.
      this.on('error', () => {});
    }
  };
}

/** As a browser's. */
export function createWebSocketClass(network: Network, caller: Caller): typeof globalThis.WebSocket {
  return createSocketClass(network, caller) as unknown as typeof globalThis.WebSocket;
}
