/** What a host does, as intents. */
import { hexToBytes } from '@fairground/ledger';
import type { Follower } from '@fairground/peer';
import type { HostDeeds } from './screen.ts';

type Wish = Parameters<Follower['submit']>[0];

export function hostDeeds(submit: (wish: Wish) => void): HostDeeds {
  const keyOf = (seat: string) => hexToBytes(seat) ?? new Uint8Array(32);
  return {
    pause: (why) => submit({ kind: 'pause', body: why === '' ? {} : { why } }),
    resume: () => submit({ kind: 'resume' }),
    skip: () => submit({ kind: 'skip' }),
    lock: (locked) => submit({ kind: 'lock', body: { locked } }),
    kick: (seat, forMs, why) =>
      submit({ kind: 'kick', body: { who: keyOf(seat), forMs, ...(why === '' ? {} : { why }) } }),
    handover: (seat) => submit({ kind: 'handover', body: { to: keyOf(seat) } }),
  };
}
