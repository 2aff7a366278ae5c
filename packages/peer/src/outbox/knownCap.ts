import { type Bytes, bytesToHex } from '@fairground/ledger';
import type { Cap } from '@fairground/protocol';
import type { Storage } from '../storage/storage.ts';

/** What opened a world before: its outbox may have to ask for the head when no page follows the world. */
export async function knownCap(storage: Storage, world: Bytes): Promise<Cap | undefined> {
  return (await storage.get('caps', bytesToHex(world))) as Cap | undefined;
}
