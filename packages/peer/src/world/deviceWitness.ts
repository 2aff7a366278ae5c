/** This device as a witness of the worlds it follows: it cosigns what it has verified, and never two histories of one world. */
import {
  type Bytes,
  bytesToHex,
  cosign,
  equalBytes,
  formatNote,
  namedSigner,
  keyToDid,
  parseCheckpoint,
  parseNote,
  rootAt,
  utf8ToBytes,
} from '@fairground/ledger';
import type { Identity } from '../identity.ts';
import type { Clock } from '../ports.ts';
import type { Storage } from '../storage/storage.ts';
import type { VerifiedLog } from './verifiedLog.ts';

export interface DeviceWitness {
  /**
   * The newest verified checkpoint of a log with the authority's line and this device's. Undefined before there is one, and if this
   * device has cosigned something that this log does not begin with: then it says nothing at all.
   */
  cosign(log: VerifiedLog): Promise<Bytes | undefined>;
}

interface Cosigned {
  readonly size: number;
  readonly root: Bytes;
}

export function createDeviceWitness(deps: {
  readonly identity: Identity;
  readonly storage: Storage;
  readonly clock: Clock;
}): DeviceWitness {
  let busy: Promise<unknown> = Promise.resolve();
  return {
    cosign(log) {
      // One after the other: what is checked must still hold when it is stored.
      const signed = busy.then(() => cosignOne(deps, log));
      busy = signed.catch(() => undefined);
      return signed;
    },
  };
}

async function cosignOne(
  { identity, storage, clock }: Parameters<typeof createDeviceWitness>[0],
  { world, checkpoint, entries, hashes, vkey }: VerifiedLog,
): Promise<Bytes | undefined> {
  const note = checkpoint && parseNote(checkpoint);
  const head = note?.ok ? parseCheckpoint(note.value.text) : undefined;
  if (!note?.ok || !head?.ok || !vkey) return undefined;
  const key = `cosigned/${bytesToHex(world)}`;
  const before = (await storage.get('logs', key)) as Cosigned | undefined;
  const isOfOurs =
    before === undefined ||
    (before.size <= entries.length && equalBytes(rootAt(hashes.read, before.size), before.root));
  if (!isOfOurs) return undefined;
  const { size, root } = head.value;
  // Stored before anybody is told, as every witness does.
  await storage.put('logs', key, { size, root } satisfies Cosigned);
  const line = await cosign(
    namedSigner(keyToDid(identity.key), identity),
    note.value.text,
    Math.floor(clock.now() / 1000),
  );
  const own = note.value.signatures.filter(({ name }) => name === vkey.name);
  return utf8ToBytes(formatNote({ text: note.value.text, signatures: [...own, line] }));
}
