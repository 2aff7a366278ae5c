/** How much mail is waiting, by key and by world, against the limits table. */
import { type Bytes, bytesToHex } from '@fairground/ledger';
import { type Limit, limits } from '@fairground/protocol';
import type { StoredMail } from '../store/ports.ts';

export interface Tallies {
  add(mail: StoredMail): void;
  remove(mail: StoredMail): void;
  /** The limit that one more would break. */
  fullFor(mail: Pick<StoredMail, 'key' | 'world' | 'bytes'>): Limit | undefined;
}

interface Tally {
  readonly count: number;
  readonly bytes: number;
}

const none: Tally = { count: 0, bytes: 0 };

export function createTallies(): Tallies {
  const perKey = new Map<string, Tally>();
  const perWorld = new Map<string, Tally>();
  return {
    add({ key, world, bytes }) {
      change(perKey, key, 1, bytes.length);
      change(perWorld, world, 1, bytes.length);
    },
    remove({ key, world, bytes }) {
      change(perKey, key, -1, -bytes.length);
      change(perWorld, world, -1, -bytes.length);
    },
    fullFor({ key, world, bytes }) {
      const own = perKey.get(bytesToHex(key)) ?? none;
      if (own.count >= limits.mailboxPending.max) return limits.mailboxPending;
      if (own.bytes + bytes.length > limits.mailboxBytes.max) return limits.mailboxBytes;
      const all = perWorld.get(bytesToHex(world)) ?? none;
      return all.count >= limits.mailboxPerWorld.max ? limits.mailboxPerWorld : undefined;
    },
  };
}

function change(tallies: Map<string, Tally>, of: Bytes, mails: number, length: number): void {
  const subject = bytesToHex(of);
  const { count, bytes } = tallies.get(subject) ?? none;
  if (count + mails === 0) tallies.delete(subject);
  else tallies.set(subject, { count: count + mails, bytes: bytes + length });
}
