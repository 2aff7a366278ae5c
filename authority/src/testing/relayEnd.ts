/** The other end of an authority's link in tests: asks, remembers every frame, and follows tails as a client would. */
import { type Bytes, type Cbor, bytesToHex } from '@fairground/ledger';
import {
  type LinkPort,
  type TailBatch,
  type ToRelay,
  type WantFrame,
  decodeTailBatch,
  decodeToRelay,
  encodeFrame,
  encodeTailBatch,
  formatWorldId,
  TAIL_ROOT,
} from '@fairground/protocol';
import * as Y from 'yjs';
import type { SignedMail } from './device.ts';

export interface Reply {
  readonly status: number;
  readonly body: Cbor;
}

type DocFrame = Extract<ToRelay, { t: 'doc' | 'doc.reset' }>;

export interface RelayEnd {
  /** In the order of their arrival. */
  readonly frames: readonly ToRelay[];
  readonly unanswered: number;
  send(kind: 'intent' | 'create' | 'seen', mail: SignedMail, world?: Bytes, rtt?: number): Promise<Reply>;
  head(world: Bytes, key: Bytes): Promise<Reply>;
  get(world: Bytes, path: string): Promise<Reply>;
  /** A participant brings what it holds of a log. */
  bring(world: Bytes, part: TailBatch): Promise<Reply>;
  /** Somebody looks at the world's pictures, or nobody any more. */
  watch(world: Bytes, watched: boolean): void;
  /** The tail's batches as a reader has them. */
  batches(world: Bytes): readonly TailBatch[];
  close(): void;
}

function keepDocument(docs: Map<string, Y.Doc>, { t, name, update }: DocFrame): void {
  if (t === 'doc.reset') docs.delete(name);
  Y.applyUpdate(docOf(docs, name), new Uint8Array(update));
}

/** `docs` lets a second link go on with what the relay has stored. */
export function createRelayEnd(port: LinkPort, docs = new Map<string, Y.Doc>()): RelayEnd {
  const frames: ToRelay[] = [];
  const files = filesBeside(docs);
  const waiting = new Map<number, (reply: Reply) => void>();
  let lastId = 0;
  port.onFrame((bytes) => {
    const frame = decodeToRelay(bytes);
    if (!frame.ok) throw new Error(`relay: ${frame.message ?? frame.code}`);
    frames.push(frame.value);
    if (frame.value.t === 'want') give(frame.value);
    if (frame.value.t === 'log')
      files.set(`${bytesToHex(frame.value.world)}/${frame.value.path}`, frame.value.bytes);
    if (frame.value.t === 'doc' || frame.value.t === 'doc.reset') keepDocument(docs, frame.value);
    if (frame.value.t !== 'reply') return;
    waiting.get(frame.value.id)?.(frame.value);
    waiting.delete(frame.value.id);
  });
  /** As the relay does, from what was published to it. */
  const give = ({ id, world, path }: WantFrame) => {
    const name = `tail:${formatWorldId(world)}`;
    const doc = docs.get(name);
    const tail = doc && new Uint8Array(Y.encodeStateAsUpdate(doc));
    const bytes = (path === 'tail' ? tail : files.get(`${bytesToHex(world)}/${path}`)) ?? null;
    port.send(encodeFrame({ t: 'given', id, bytes }));
  };
  const ask = (make: (id: number) => Parameters<typeof encodeFrame>[0]) => {
    const id = ++lastId;
    return new Promise<Reply>((resolve) => {
      waiting.set(id, resolve);
      port.send(encodeFrame(make(id)));
    });
  };
  return {
    frames,
    get unanswered() {
      return waiting.size;
    },
    send: (kind, { payload, sig }, world, rtt) =>
      ask((id) => ({
        ...{ t: 'mail', id, kind, payload, sig, via: 'relay' },
        ...(world ? { world } : {}),
        ...(rtt === undefined ? {} : { rtt }),
      })),
    head: (world, key) => ask((id) => ({ t: 'mail', id, kind: 'head', world, payload: key, via: 'relay' })),
    get: (world, path) => ask((id) => ({ t: 'get', id, world, path })),
    bring: (world, part) =>
      ask((id) => ({ t: 'mail', id, kind: 'suffix', world, payload: encodeTailBatch(part), via: 'relay' })),
    watch: (world, watched) => port.send(encodeFrame({ t: 'watched', world, watched })),
    batches: (world) => batchesIn(docOf(docs, `tail:${formatWorldId(world)}`)),
    close: () => port.close(),
  };
}

function batchesIn(doc: Y.Doc): readonly TailBatch[] {
  return doc
    .getArray<Uint8Array>(TAIL_ROOT)
    .toArray()
    .map((bytes) => {
      const batch = decodeTailBatch(new Uint8Array(bytes));
      if (!batch.ok) throw new Error('a tail is malformed');
      return batch.value;
    });
}

const filesByDocs = new WeakMap<object, Map<string, Bytes>>();

/** What a relay has stored lies in one place: log files beside its documents. */
function filesBeside(docs: object): Map<string, Bytes> {
  const known = filesByDocs.get(docs) ?? new Map<string, Bytes>();
  filesByDocs.set(docs, known);
  return known;
}

export function docOf(docs: Map<string, Y.Doc>, name: string): Y.Doc {
  const known = docs.get(name) ?? new Y.Doc();
  docs.set(name, known);
  return known;
}
