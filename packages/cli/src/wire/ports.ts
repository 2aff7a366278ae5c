/** A peer's ports that write down everything that comes in through them. */
import { utf8ToBytes } from '@fairground/ledger';
import { type Ports, systemPorts } from '@fairground/peer';
import type { Notebook } from './notebook.ts';

export function recordingPorts(notebook: Notebook): Ports {
  return { ...systemPorts(), fetch: recordingFetch(notebook), WebSocket: recordingSocket(notebook) };
}

function recordingFetch(notebook: Notebook): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await globalThis.fetch(input, init);
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    const from = `${init?.method ?? 'GET'} ${pathname}${search}`;
    const { status } = response;
    notebook.note({ from, status, bytes: new Uint8Array(await response.clone().arrayBuffer()) });
    notebook.note({ from: `${from} headers`, status, bytes: utf8ToBytes(headersOf(response)) });
    return response;
  };
}

function headersOf({ headers }: Response): string {
  return [...headers].map(([name, value]) => `${name}: ${value}`).join('\n');
}

function recordingSocket(notebook: Notebook): typeof globalThis.WebSocket {
  return class extends globalThis.WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      const from = socketName(url);
      this.binaryType = 'arraybuffer';
      this.addEventListener('message', ({ data }) => {
        const bytes = typeof data === 'string' ? utf8ToBytes(data) : new Uint8Array(data as ArrayBuffer);
        notebook.note({ from, status: 0, bytes: bytes.slice() });
      });
      this.addEventListener('close', ({ code, reason }) =>
        notebook.note({ from, status: code, bytes: utf8ToBytes(reason) }),
      );
    }
  };
}

/** Without its token, which differs from run to run. */
function socketName(url: string | URL): string {
  return `ws ${decodeURIComponent(new URL(url).pathname)}`;
}
