/** A party in many households, each a process. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Joined } from '@fairground/peer';
import type { Household, Told } from './household.ts';

const script = new URL('./household.ts', import.meta.url);

export interface PartySize extends Omit<Household, 'first' | 'count' | 'joined'> {
  readonly households: number;
  /** The host's household is in the room, the others come when this is done. */
  readonly opened?: (joined: Joined) => Promise<void>;
}

/** How long each answer took from the tap to its receipt, ms. */
export async function playParty({
  households,
  opened: whenOpened,
  ...plan
}: PartySize): Promise<readonly number[]> {
  const count = Math.ceil(plan.players / households);
  const sizes = Array.from({ length: households }, (_, i) => ({
    first: i * count,
    count: Math.min(count, plan.players - i * count),
  }));
  const homes = sizes.map(() => fork(script, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }));
  try {
    const [host, ...guests] = homes;
    if (!host) return [];
    host.send({ ...plan, first: 0, count } satisfies Household);
    const opened = await told(host);
    if (!('joined' in opened)) throw new Error('the host opened no room');
    const { joined } = opened;
    await whenOpened?.(joined);
    for (const [i, home] of guests.entries()) {
      const size = sizes[i + 1];
      if (size) home.send({ ...plan, ...size, joined } satisfies Household);
    }
    const ends = await Promise.all(homes.map(told));
    return ends.flatMap((end) => ('times' in end ? end.times : []));
  } finally {
    for (const home of homes) home.kill('SIGKILL');
  }
}

async function told(home: ChildProcess): Promise<Told> {
  const gone = once(home, 'exit').then(() => Promise.reject(new Error('a household left early')));
  gone.catch(() => {}); // once it has spoken, its end is no failure
  const messages: unknown[] = await Promise.race([once(home, 'message'), gone]);
  return messages[0] as Told;
}
