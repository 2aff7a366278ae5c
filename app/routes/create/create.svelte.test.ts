import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { bank } from '#lib/play/bank.svelte.ts';
import type { LobbyWish } from '#lib/room/openLobby.ts';
import CreateDialog from './CreateDialog.svelte';
import { createDraft } from './createDraft.svelte.ts';

const opened = vi.hoisted(() => ({ wishes: [] as unknown[], code: 'full' }));
vi.mock('#lib/room/openLobby.ts', () => ({
  openLobby: async (wish: LobbyWish) => {
    opened.wishes.push(wish);
    return { ok: false, code: opened.code };
  },
  openWorld: async () => ({ ok: false, code: 'full' }),
}));

beforeEach(() => {
  opened.wishes = [];
  const topics = ['pop', 'geography', 'science'].map((slug) => ({ slug, count: 40, language: 'en' }));
  Object.assign(bank, { status: 'ready', topics, code: '' });
});
afterEach(() => Object.assign(bank, { status: 'loading', topics: [], code: '' }));

const chosen = () => document.querySelector('[role=option][aria-selected=true]')?.textContent;

describe('[U143] opening a lobby in a dialog', () => {
  it('goes by keyboard alone: type, choose, open', async () => {
    const screen = await render(CreateDialog, { open: true });
    await expect.element(screen.getByRole('button', { name: 'Open the lobby' })).toBeDisabled();
    screen.getByRole('combobox').element().focus();
    await userEvent.keyboard('geo{ArrowDown}{Enter}');
    await expect.poll(() => chosen()).toMatch(/geography/iu);
    expect(opened.wishes).toEqual([]);
    screen.getByRole('button', { name: 'Open the lobby' }).element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => opened.wishes).toHaveLength(1);
    expect(opened.wishes[0]).toMatchObject({ topics: ['geography'], questions: 10, visibility: 'unlisted' });
    await expect.element(screen.getByRole('alert')).toBeInTheDocument();
  });

  it('has the topic chosen that it was opened with, and everything else under more', async () => {
    const screen = await render(CreateDialog, { open: true, topic: 'science' });
    await expect.poll(() => chosen()).toMatch(/science/iu);
    await expect.element(screen.getByRole('switch', { includeHidden: true }).first()).not.toBeVisible();
    await screen.getByText('More settings').click();
    await expect.element(screen.getByRole('switch').first()).toBeVisible();
  });

  it.each([
    ['too few of the kinds that are asked', { count: 40, plain: 9 }, true],
    ['enough of them', { count: 40, plain: 10 }, false],
    ['enough, from an authority that does not tell kinds apart', { count: 10 }, false],
  ])('[U203] warns before the lobby is open where there are %s', async (_, counted, isWarned) => {
    Object.assign(bank, { topics: [{ slug: 'science', language: 'en', ...counted }] });
    const screen = await render(CreateDialog, { open: true, topic: 'science' });
    await expect.poll(() => chosen()).toMatch(/science/iu);
    const warning = screen.getByText('Not that many questions');
    expect(warning.query() !== null).toBe(isWarned);
    await screen.getByText('More settings').click();
    await screen.getByRole('switch', { name: 'All kinds of question' }).click();
    await expect.poll(() => warning.query()).toBeNull();
  });

  it('says when it was closed', async () => {
    const onclose = vi.fn();
    const screen = await render(CreateDialog, { open: true, onclose });
    await screen.getByRole('button', { name: 'Close' }).click();
    expect(onclose).toHaveBeenCalledOnce();
  });

  it.each([null, undefined, '', '../x', 'A B', 'x'.repeat(65)])(
    'follows no address that names no topic: %s',
    (topic) => expect(createDraft(topic).chosen).toEqual([]),
  );
});
