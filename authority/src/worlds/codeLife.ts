/** Codes are short, and so not for ever: a room that was left long ago gives its own back, and another one may have it. */
import { bytesToHex, decodeEntry, equalBytes, unwrap } from '@fairground/ledger';
import type { Clock, Log } from '../ports.ts';
import type { LogStore, RoomRow, WorldRow } from '../store/ports.ts';

export interface CodeLifeDeps {
  readonly store: Pick<LogStore, 'worlds' | 'entries' | 'putRoom'>;
  readonly clock: Clock;
  /** By room in hex. */
  readonly rooms: Map<string, RoomRow>;
}

export interface WatchDeps extends CodeLifeDeps {
  readonly log: Log;
  /** Codes that are not to be drawn. */
  readonly codes: Set<string>;
  show(room: RoomRow): void;
}

const lifeMs = 48 * 3_600_000;
const everyMs = 3_600_000;

/** Durably, from rooms whose last match has ended so long ago; `taken` is told of each as it was. */
export async function takeCodesBack(
  { store, clock, rooms }: CodeLifeDeps,
  taken: (room: RoomRow) => void = () => {},
): Promise<void> {
  const before = clock.now() - lifeMs;
  for (const row of await store.worlds()) {
    if (!row.closed || row.at >= before || !withCode(rooms, row)) continue;
    if ((await endOf(store, row)) >= before) continue;
    // The next match may have begun meanwhile.
    const known = withCode(rooms, row);
    if (!known) continue;
    const id = bytesToHex(row.room);
    // In memory first: a match that the host begins meanwhile begins without it, and its room is written after this.
    const without = { ...known, code: null };
    rooms.set(id, without);
    try {
      await store.putRoom(without);
    } catch (fault) {
      if (rooms.get(id) === without) rooms.set(id, known);
      throw fault;
    }
    taken(known);
  }
}

/** A world's room, if it still has a code and nothing newer is played in it. */
function withCode(rooms: CodeLifeDeps['rooms'], { room, world }: WorldRow): RoomRow | undefined {
  const known = rooms.get(bytesToHex(room));
  return known && known.code !== null && equalBytes(known.world, world) ? known : undefined;
}

/** When its last entry was written, ms since 1970. */
async function endOf(store: CodeLifeDeps['store'], { world, size }: WorldRow): Promise<number> {
  const [last] = await store.entries(world, size - 1, size);
  return last === undefined ? Infinity : unwrap(decodeEntry(last)).at;
}

/** Once an hour. The result ends it, and resolves when nothing of it is under way. */
export function watchCodes(deps: WatchDeps): () => Promise<void> {
  const { clock, log, codes, show } = deps;
  let cancel = () => {};
  let isStopped = false;
  let under = Promise.resolve();
  function taken(room: RoomRow): void {
    show({ ...room, code: null });
    if (room.code !== null) codes.delete(room.code);
  }
  async function look(): Promise<void> {
    try {
      await takeCodesBack(deps, taken);
    } catch (fault) {
      log.warn({ fault }, 'codes of rooms could not be taken back; it is tried again');
    }
    wait();
  }
  function wait(): void {
    if (!isStopped) cancel = clock.setTimer(everyMs, () => void (under = look()));
  }
  wait();
  return () => {
    isStopped = true;
    cancel();
    return under;
  };
}
