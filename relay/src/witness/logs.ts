/** Which logs a witness knows, by the first line of their checkpoints: those of registered worlds, or all worlds of named authorities. */
import { type Bytes, type Vkey, bytesToBase32, logVkey, sha256 } from '@fairground/ledger';
import { parseWorldId } from '@fairground/protocol';
import type { RoomBook } from '../edge/roomBook.ts';

type VkeyOf = (origin: string) => Vkey | undefined;

/** The worlds that an authority of this relay has registered. */
export function registeredLogs(rooms: Pick<RoomBook, 'world'>): VkeyOf {
  return (origin) => {
    const world = parseWorldId(origin.slice(origin.lastIndexOf('/') + 1));
    const record = world.ok ? rooms.world(world.value) : undefined;
    return record?.origin === origin ? logVkey(origin, record.authority) : undefined;
  };
}

/** Every world of these authorities, whose vkeys their operators tell. */
export function logsOf(authorities: readonly Vkey[]): VkeyOf {
  return (origin) => {
    const end = origin.lastIndexOf('/');
    if (!parseWorldId(origin.slice(end + 1)).ok) return undefined;
    const authority = authorities.find(({ name }) => name === origin.slice(0, end));
    return authority && logVkey(origin, authority.key);
  };
}

export function defaultWitnessName(key: Bytes): string {
  return `fairground.local/witness-${bytesToBase32(sha256(key)).slice(0, 8)}`;
}
