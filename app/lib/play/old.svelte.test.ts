import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type * as Whole from '@fairground/peer';
import type { FollowerState } from '@fairground/peer';
import Table from '#lib/room/Table.svelte';
import CreateDialog from '../../routes/create/CreateDialog.svelte';
import { player } from '../../routes/gallery/tableExamples.ts';
import { bank } from './bank.svelte.ts';
import { askPeer } from './connection.svelte.ts';
import { pastime, update } from './update.svelte.ts';

const server = vi.hoisted(() => ({ isNewer: false, hasParts: true }));

vi.mock('$app/state', () => ({ updated: { check: async () => server.isNewer }, page: {} }));
vi.mock('@fairground/peer', async (original) => {
  const whole = await original<typeof Whole>();
  return {
    ...whole,
    loadIdentity: async (...args: Parameters<typeof whole.loadIdentity>) => {
      if (!server.hasParts) throw new TypeError('Failed to fetch dynamically imported module');
      return whole.loadIdentity(...args);
    },
  };
});

vi.mock('#lib/play/nim/NimTable.svelte', () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});

beforeEach(() => Object.assign(server, { isNewer: false, hasParts: true }));
afterEach(() => {
  update.ready = false;
  pastime.playing = false;
  Object.assign(bank, { status: 'loading', topics: [], code: '' });
});

const refused = (code: string) => askPeer(async () => ({ ok: false as const, code }));

describe('[U212] an app that is older than its server', () => {
  // Before any other: once they are there, they are there.
  it('is known by its parts, which are gone there; else nobody has answered', async () => {
    Object.assign(server, { hasParts: false, isNewer: true });
    expect(await refused('never asked')).toEqual({ ok: false, code: 'reply_malformed' });
    expect(update.ready).toBe(true);
    server.isNewer = false;
    expect(await refused('never asked')).toEqual({ ok: false, code: 'unreachable' });
  });

  it.each([
    ['an answer that it cannot read', false, 'reply_malformed', true, true],
    ['a path that is gone', false, 'not_found', true, true],
    ['the same from a server that is no newer', false, 'reply_malformed', false, false],
    ['a network that is away', false, 'unreachable', true, false],
  ])('is known by %s', async (_, __, code, isNewer, ready) => {
    server.isNewer = isNewer;
    expect(await refused(code)).toEqual({ ok: false, code });
    expect(update.ready).toBe(ready);
  });

  it.each([
    [true, 'This app is too old for the relay'],
    [false, 'The relay does not answer'],
  ])('says so in place of a part of a match that cannot be loaded: %s', async (isNewer, words) => {
    server.isNewer = isNewer;
    const state: FollowerState = {
      ...{ status: 'live', size: 3, verified: { level: 'audited', to: 3 }, charges: [], isDoubted: false },
      ...{ view: {}, game: 'nim', clockOffset: 0 },
    };
    const screen = await render(Table, player(state));
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent(words);
    await expect.element(screen.getByRole('main').getByRole('button', { name: 'Reload' })).toBeVisible();
  });

  it('says so where a lobby is opened, and offers to reload; not that the relay is away', async () => {
    Object.assign(bank, { status: 'failed', topics: [], code: 'reply_malformed' });
    update.ready = true;
    const screen = await render(CreateDialog, { open: true });
    await expect.element(screen.getByRole('option')).toHaveTextContent('This app is too old for the relay');
    await expect.element(screen.getByRole('button', { name: 'Reload' })).toBeVisible();
    pastime.playing = true;
    await expect.poll(() => screen.getByRole('button', { name: 'Reload' }).query()).toBeNull();
  });
});
