import { createLive, type Follower, type FollowerState, type Peer } from '@fairground/peer';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { player } from '../../routes/gallery/tableExamples.ts';
import Table from './Table.svelte';

const state: FollowerState = {
  ...{ status: 'loading', size: 0, verified: { level: 'signed', to: 0 }, charges: [] },
  ...{ isDoubted: false, view: undefined, clockOffset: 0 },
};

describe('[U144] a match that nobody here knows', () => {
  it.each(['document_unknown', 'world_unknown'])('is said to be unknown, in words: %s', async (code) => {
    const screen = await render(Table, player({ ...state, status: 'offline', refusedWith: code }));
    await expect
      .element(screen.getByRole('heading', { level: 1 }))
      .toHaveTextContent('Nobody here knows this match');
    await expect.element(screen.getByRole('link', { name: 'Check a result' })).toBeInTheDocument();
    expect(screen.container.querySelector('[role=status], .sk')).toBeNull();
  });

  it('is not what a room is called that was opened a moment ago', async () => {
    const now = createLive({ ...state, status: 'offline' as const, refusedWith: 'document_unknown' });
    const follower = { ...now, mine: createLive([]) } as unknown as Follower;
    const peer = { identity: { key: new Uint8Array(32) } } as unknown as Peer;
    const screen = await render(Table, { peer, follower, facts: player(state).facts });
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Finding the way back');
  });
});
