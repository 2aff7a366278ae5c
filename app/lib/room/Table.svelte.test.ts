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

describe('[U209] a match that goes on by rules that this app does not have', () => {
  it('is said in words, with a way to the newest app, and not as a lie of anybody; also in its middle', async () => {
    const now: FollowerState = {
      ...{ ...state, size: 7, game: 'nim', view: {} },
      status: 'fault',
      fault: { blame: 'unknown', code: 'rules_unknown', index: 7, message: 'nim 2 is not built in' },
    };
    const screen = await render(Table, player(now));
    await expect
      .element(screen.getByRole('heading', { level: 1 }))
      .toHaveTextContent('These rules are not built in');
    await expect.element(screen.getByRole('button', { name: 'Reload' })).toBeInTheDocument();
    expect(screen.container.textContent).not.toContain('entry 7');
  });
});

describe('[U210] something of mine that is withheld', () => {
  it('is said with its entry, and as no proof', async () => {
    const now: FollowerState = { ...state, size: 3, withheld: 4 };
    const screen = await render(Table, player(now));
    await expect.element(screen.getByText('Something of yours is withheld')).toBeInTheDocument();
    await expect.element(screen.getByText(/as entry 4 .*That proves nothing/u)).toBeInTheDocument();
  });
});
