/** Which logs a witness knows, by the first line of their checkpoints: those of registered worlds, or all worlds of named authorities. */
import { type Bytes, type Vkey, bytesToBase32, logVkey, sha256 } from '@fairground/ledger';
import { parseWorldId } from '@fairground/protocol';
import type { RoomBook } from '../edge/roomBook.ts';

/** The key that signs now first, then those that were handed on. */
type VkeysOf = (origin: string) => readonly Vkey[];

/** The worlds that an authority of this relay has registered. */
export function registeredLogs(rooms: Pick<RoomBook, 'world' | 'formerOf'>): VkeysOf {
  return (origin) => {
    const world = parseWorldId(origin.slice(origin.lastIndexOf('/') + 1));
    const record = world.ok ? rooms.world(world.value) : undefined;
    if (record?.origin !== origin) return [];
    return [record.authority, ...rooms.formerOf(record.authority)].map((key) => logVkey(origin, key));
  };
}

/** Every world of these authorities, whose vkeys their operators tell; of one name the newest first. */
export function logsOf(authorities: readonly Vkey[]): VkeysOf {
  return (origin) => {
    const end = origin.lastIndexOf('/');
    if (!parseWorldId(origin.slice(end + 1)).ok) return [];
    const named = authorities.filter(({ name }) => name === origin.slice(0, end));
    return named.map(({ key }) => logVkey(origin, key));
  };
}

export function defaultWitnessName(key: Bytes): string {
  return `fairground.local/witness-${bytesToBase32(sha256(key)).slice(0, 8)}`;
}
