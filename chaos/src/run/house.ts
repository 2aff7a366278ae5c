/** Everybody who plays in a run: a relay, an authority, players, and the lines between them. */
import { type AuthorityMachine, createAuthorityMachine, lockPath } from '../cast/authorityMachine.ts';
import { createPeerMachine } from '../cast/peerMachine.ts';
import { type Player, createPlayer } from '../cast/player.ts';
import { type RelayMachine, createRelayMachine } from '../cast/relayMachine.ts';
import type { Stage } from '../cast/stage.ts';
import type { Line } from '../network/network.ts';
import type { Joined } from '@fairground/peer';
import type { Plan } from '../plan/act.ts';

export interface House {
  readonly relay: RelayMachine;
  readonly authority: AuthorityMachine;
  readonly players: readonly Player[];
  /** The players' in their order, then the authority's. */
  readonly lines: readonly Line[];
  readonly world: Joined | undefined;
}

export function openHouse(stage: Stage, plan: Plan): House {
  const lines = Array.from({ length: plan.peers + 1 }, (_, i): Line => {
    const name = i < plan.peers ? `peer${i}` : 'link';
    return { name, least: 1, most: calmMs, stalledUntil: 0 };
  });
  const link = lines.at(-1);
  if (!link) throw new Error('house: the authority has no line');
  const authority = createAuthorityMachine(stage, link);
  stage.watch.lockText = () => authority.files.durable(lockPath);
  const relay = createRelayMachine(stage, authority.key);
  let world: Joined | undefined;
  const players = lines.slice(0, -1).map((line, i): Player =>
    createPlayer({
      ...{ stage, plan, machine: createPeerMachine(stage, i, line) },
      ...(i === 0 ? { made: invite } : {}),
    }),
  );

  function invite(joined: Joined): void {
    world ??= joined;
    for (const guest of players.slice(1))
      stage.loop.after(20, `invite ${guest.name}`, () => guest.invite(joined), null);
  }

  relay.start();
  authority.start();
  for (const player of players) player.open();
  return {
    ...{ relay, authority, players, lines },
    get world() {
      return world;
    },
  };
}

/** Milliseconds that a message takes at most on a line that nothing ails. */
export const calmMs = 25;
