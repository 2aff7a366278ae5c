/** WebSockets over the simulated network, by the same library that Node programs use. */
import { WebSocket } from 'ws';
import type { Caller, Network } from './network.ts';

export function createWebSocketClass(network: Network, caller: Caller): typeof globalThis.WebSocket {
  class SimWebSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, {
        createConnection: () => network.connect(caller) as never,
        perMessageDeflate: false,
      } as object);
      // A browser's socket that fails says so by its close alone.
      this.on('error', () => {});
    }
  }
  return SimWebSocket as unknown as typeof globalThis.WebSocket;
}
