/** Every signed word that reaches a client, written down before the client judges it. */
import type { Bytes, SignedPair } from '@fairground/ledger';
import { decodeCbor, pairFromJson } from '@fairground/ledger';
import type { Ports } from '@fairground/peer';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

/** What an authority has said to somebody; nothing of it is checked yet. */
export interface Listener {
  checkpoint(note: Bytes): void;
  receipt(pair: SignedPair): void;
}

/** The same ports; all that comes in through them is heard by `listener` too. */
export function tapPorts(ports: Ports, listener: Listener): Ports {
  return {
    ...ports,
    fetch: async (input, init) => {
      const response = await ports.fetch(input, init);
      if (response.ok) await hearReply(String(input), response.clone(), listener).catch(() => {});
      return response;
    },
    WebSocket: tapSocket(ports.WebSocket, listener),
  };
}

async function hearReply(url: string, response: Response, listener: Listener): Promise<void> {
  const { pathname } = new URL(url);
  if (pathname.endsWith('/checkpoint')) listener.checkpoint(new Uint8Array(await response.arrayBuffer()));
  if (!pathname.endsWith('/intents')) return;
  const { receipt } = (await response.json()) as { readonly receipt?: unknown };
  const pair = pairFromJson(receipt);
  if (pair.ok) listener.receipt(pair.value);
}

function tapSocket(Socket: Ports['WebSocket'], listener: Listener): Ports['WebSocket'] {
  return class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      if (!new URL(url).pathname.includes('/docs/tail')) return;
      this.addEventListener('message', ({ data }) => {
        if (data instanceof ArrayBuffer) hearFrame(new Uint8Array(data), listener);
      });
    }
  };
}

const SYNC = 0;
/** Step 2 and an update both carry what is new. */
const CARRIES = new Set([1, 2]);

/** A frame of y-websocket: what it adds to a tail is batches with their checkpoints. */
function hearFrame(frame: Bytes, listener: Listener): void {
  const decoder = decoding.createDecoder(frame);
  if (decoding.readVarUint(decoder) !== SYNC || !CARRIES.has(decoding.readVarUint(decoder))) return;
  for (const struct of Y.decodeUpdate(decoding.readVarUint8Array(decoder)).structs) {
    if (!(struct instanceof Y.Item)) continue;
    for (const content of struct.content.getContent()) hearBatch(content, listener);
  }
}

function hearBatch(content: unknown, { checkpoint }: Listener): void {
  const batch = content instanceof Uint8Array ? decodeCbor(new Uint8Array(content)) : undefined;
  const value: unknown = batch?.ok ? batch.value : undefined;
  if (typeof value !== 'object' || value === null || !('checkpoint' in value)) return;
  if (value.checkpoint instanceof Uint8Array) checkpoint(value.checkpoint);
}
