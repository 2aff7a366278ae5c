/** How much mail is waiting, by key, address and world, against the limits table. */
import { bytesToHex } from '@fairground/ledger';
import { type Limit, limits } from '@fairground/protocol';
import type { StoredMail } from '../store/ports.ts';

/** `address`: who brought it; unknown for what an earlier run left. */
type Counted = Pick<StoredMail, 'key' | 'world' | 'bytes'> & { readonly address?: string | undefined };

export interface Tallies {
  add(mail: Counted): void;
  remove(mail: Counted): void;
  /** The limit that one more would break. */
  fullFor(mail: Counted): Limit | undefined;
}

interface Tally {
  readonly count: number;
  readonly bytes: number;
}

const none: Tally = { count: 0, bytes: 0 };

/** `addressFactor` widens the limit of an address. */
export function createTallies(addressFactor = 1): Tallies {
  const perKey = new Map<string, Tally>();
  const perWorld = new Map<string, Tally>();
  const perAddress = new Map<string, Tally>();
  const count = ({ key, world, bytes, address }: Counted, by: 1 | -1) => {
    change(perKey, bytesToHex(key), by, by * bytes.length);
    change(perWorld, bytesToHex(world), by, by * bytes.length);
    if (address !== undefined) change(perAddress, address, by, by * bytes.length);
  };
  return {
    add: (mail) => count(mail, 1),
    remove: (mail) => count(mail, -1),
    fullFor({ key, world, bytes, address = '' }) {
      const own = perKey.get(bytesToHex(key)) ?? none;
      if (own.count >= limits.mailboxPending.max) return limits.mailboxPending;
      if (own.bytes + bytes.length > limits.mailboxBytes.max) return limits.mailboxBytes;
      const brought = perAddress.get(address) ?? none;
      if (brought.count >= limits.mailboxPerAddress.max * addressFactor) return limits.mailboxPerAddress;
      const all = perWorld.get(bytesToHex(world)) ?? none;
      return all.count >= limits.mailboxPerWorld.max ? limits.mailboxPerWorld : undefined;
    },
  };
}

function change(tallies: Map<string, Tally>, subject: string, mails: number, length: number): void {
  const { count, bytes } = tallies.get(subject) ?? none;
  if (count + mails === 0) tallies.delete(subject);
  else tallies.set(subject, { count: count + mails, bytes: bytes + length });
}
