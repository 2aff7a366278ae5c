import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bank, loadBank } from './bank.svelte.ts';

type Reply = { readonly ok: boolean } & Readonly<Record<string, unknown>>;
const asked = vi.hoisted(() => ({ replies: [] as (() => Promise<Reply>)[], times: 0 }));

vi.mock('./connection.svelte.ts', () => ({
  askPeer: () => {
    asked.times++;
    return (asked.replies.shift() ?? (() => new Promise<Reply>(() => {})))();
  },
}));

const pop = { ok: true, value: [{ topic: 'pop', language: 'en', count: 40 }] };
const says = (reply: Reply) => () => Promise.resolve(reply);

beforeEach(() => {
  vi.useFakeTimers();
  asked.times = 0;
  Object.assign(bank, { status: 'loading', topics: [], code: '' });
});
afterEach(() => vi.useRealTimers());

describe('[U142] what can be played', () => {
  it.each([
    ['an authority that starts', says({ ok: false, code: 'authority_away' }), 'failed'],
    ['a bank that is being filled', says({ ok: true, value: [] }), 'ready'],
    ['a relay that is away', says({ ok: false, code: 'unreachable' }), 'failed'],
  ])('is asked for again after %s', async (_, first, status) => {
    asked.replies = [first, says(pop)];
    await loadBank();
    expect([bank.status, bank.topics]).toEqual([status, []]);
    await vi.advanceTimersByTimeAsync(3000);
    expect([bank.status, bank.topics.map(({ slug }) => slug)]).toEqual(['ready', ['pop']]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.times).toBe(2);
  });

  it('is asked for once, however many parts of a page want to know', async () => {
    asked.replies = [says(pop)];
    await Promise.all([loadBank(), loadBank()]);
    expect(asked.times).toBe(1);
  });
});
