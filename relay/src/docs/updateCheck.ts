/**
 * Whether a writer's Yjs update may enter a room's document. Nothing is applied here: the update is decoded and its integration is played
 * through on clocks alone, so that a refused one leaves the document untouched.
 */
import { type Bytes, type Result, err, ok } from '@fairground/ledger';
import { limits } from '@fairground/protocol';
import { createDecoder, readVarUint } from 'lib0/decoding';
import * as Y from 'yjs';
import { checkDeletes } from './deleteCheck.ts';
import { createDepths, isFlat } from './nesting.ts';
import { areInOrder } from './neighbours.ts';
import { continuesWhatIsThere } from './overlap.ts';
import type { NewStructs, Struct, UpdateWriter } from './structs.ts';

export type UpdateRefusal =
  | 'update_malformed'
  | 'client_taken'
  | 'client_ids'
  | 'document_clients'
  | 'update_gap'
  | 'update_pending'
  | 'delete_foreign';

export interface CheckedUpdate {
  /** Client ids under which it brings something new; all of them the writer's, or nobody's yet. */
  readonly clients: readonly number[];
  /** False when the document holds all of it already. */
  readonly adds: boolean;
}

export function checkUpdate(
  doc: Y.Doc,
  update: Bytes,
  writer: UpdateWriter,
): Result<CheckedUpdate, UpdateRefusal> {
  const decoded = decodeUpdate(update);
  if (!decoded) return err('update_malformed');
  if (!decoded.structs.every(isFlat) || !isAsYjsWrites(update, decoded)) return err('update_malformed');
  const news = newStructs(doc, decoded.structs);
  if (!news.ok) return news;
  const clients = [...news.value.keys()];
  if (clients.length > limits.clientsPerSession.max) return err('client_ids');
  const foreign = clients.some((client) => (writer.owner(client) ?? writer.key) !== writer.key);
  if (foreign) return err('client_taken');
  const after = integrate(doc, news.value);
  if (!after.ok) return after;
  if (!areInOrder(doc, news.value)) return err('update_malformed');
  const deletes = checkDeletes({ doc, news: news.value, after: after.value, writer }, decoded.ds.clients);
  if (!deletes.ok) return deletes;
  return ok({ clients, adds: clients.length > 0 || deletes.value });
}

function decodeUpdate(update: Bytes): ReturnType<typeof Y.decodeUpdate> | undefined {
  try {
    return Y.decodeUpdate(update);
  } catch {
    return undefined; // yjs throws whatever its decoder tripped over
  }
}

/**
 * No struct and no deletion of length 0: Yjs's lists break at them. Each client in one block, and in none without structs: of two, Yjs
 * reads the second alone, while all that is checked here is both.
 */
function isAsYjsWrites(update: Bytes, { structs, ds }: ReturnType<typeof Y.decodeUpdate>): boolean {
  const blocks = readVarUint(createDecoder(update));
  const clients = new Set(structs.map(({ id }) => id.client));
  const deletes = [...ds.clients.values()].flat();
  return (
    blocks === clients.size &&
    structs.every(({ length }) => length > 0) &&
    deletes.every(({ len }) => len > 0)
  );
}

/** Groups by client; refuses a hole between what is known and what is new, and a clock that leaps. */
function newStructs(
  doc: Y.Doc,
  structs: readonly Struct[],
): Result<NewStructs, 'update_gap' | 'update_pending' | 'update_malformed'> {
  const knownState = (client: number) => Y.getState(doc.store, client);
  const news = new Map<number, Struct[]>();
  const clocks = new Map<number, number>();
  for (const struct of structs) {
    const { client, clock } = struct.id;
    const known = knownState(client);
    const next = clocks.get(client) ?? known;
    const end = clock + struct.length;
    if (end <= next) {
      // Known already; but Yjs lets even such a one wait for what it claims to depend on.
      if (!isReady(struct, knownState)) return err('update_pending');
      continue;
    }
    if (struct instanceof Y.Skip || clock > next || !Number.isSafeInteger(end)) return err('update_gap');
    if (end - known > limits.clockAdvance.max) return err('update_gap');
    if (clock < next && (clock >= known || !continuesWhatIsThere(doc, struct)))
      return err('update_malformed');
    clocks.set(client, end);
    const list = news.get(client);
    if (list) list.push(struct);
    else news.set(client, [struct]);
  }
  return ok(news);
}

/** Plays the integration through: each struct needs what it refers to. Yields the clocks after it, or `update_pending` if some would wait. */
function integrate(
  doc: Y.Doc,
  news: NewStructs,
): Result<ReadonlyMap<number, number>, 'update_pending' | 'update_malformed'> {
  const after = new Map<number, number>();
  const stateOf = (client: number) => after.get(client) ?? Y.getState(doc.store, client);
  const at = new Map<number, number>();
  const depths = createDepths(doc, news);
  for (let moved = true; moved;) {
    moved = false;
    for (const [client, list] of news) {
      let index = at.get(client) ?? 0;
      for (let struct = list[index]; struct && isReady(struct, stateOf); struct = list[++index]) {
        if (!depths.take(struct)) return err('update_malformed');
        after.set(client, struct.id.clock + struct.length);
        moved = true;
      }
      at.set(client, index);
    }
  }
  const isWhole = [...news].every(([client, list]) => at.get(client) === list.length);
  return isWhole ? ok(after) : err('update_pending');
}

function isReady(struct: Struct, stateOf: (client: number) => number): boolean {
  if (!(struct instanceof Y.Item)) return true;
  const { origin, rightOrigin, parent } = struct;
  const needs = [origin, rightOrigin, parent instanceof Y.ID ? parent : null];
  return needs.every((id) => id === null || id.clock < stateOf(id.client));
}
