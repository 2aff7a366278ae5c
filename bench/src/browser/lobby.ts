/** A lobby for pages to be measured in, opened by a player without a screen. */
import { createPlayer, createSeed } from '@fairground/cli';
import type { Joined } from '@fairground/peer';

export interface HeldLobby {
  readonly joined: Joined;
  leave(): void;
}

/** Asks again while the authority is still connecting. */
export async function holdLobby(url: string): Promise<HeldLobby> {
  const host = createPlayer(url, 'Host', createSeed(9).bytes('host'));
  const config = { topics: ['science'], questions: 10 };
  for (let tries = 0; tries < 40; tries++) {
    const made = await host.peer.createWorld({ game: 'trivia', config, visibility: 'unlisted' });
    if (made.ok) return { joined: made.value, leave: () => host.leave() };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('the lobby could not be opened');
}
