import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { createReplay, type Replay } from './createReplay.svelte.ts';
import { failureWords } from './failureWords.ts';
import Player from './Player.svelte';
import ReplayView from './ReplayView.svelte';

const SIZE = 6;
const moment = (index: number) => ({ index, at: 1000 * index, view: {}, around: [] });

describe('[U213] the tape', () => {
  it('that stands at its end is played from its beginning at one press, however long the way there takes', async () => {
    const sought: number[] = [];
    const props = {
      ...{ size: SIZE, marks: [], openedAt: 0, game: 'nim', scores: undefined },
      ...{ times: [0, 1, 2, 3, 4, 5].map((n) => n * 200), onexplain: () => {}, onproof: () => {} },
      onseek: (index: number) => void sought.push(index),
    };
    // What is sought comes from another thread: here it never does.
    const screen = await render(Player, { ...props, moment: moment(SIZE - 1) });
    await screen.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => sought.at(-1)).toBe(SIZE - 1);
    // A late frame goes on to where the tape would be by then.
    expect(sought[0]).toBe(0);
    expect(sought).toEqual([...new Set(sought)].toSorted((a, b) => a - b));
    await expect.element(screen.getByRole('button', { name: 'Play' })).toBeVisible();
  });
});

/** A thread that a test lets live or die. */
function createThreads() {
  const threads: (EventTarget & { told: unknown[] })[] = [];
  const spawn = () => {
    const told: unknown[] = [];
    const thread = Object.assign(new EventTarget(), {
      told,
      postMessage: (message: unknown) => void told.push(message),
      terminate: () => {},
    });
    threads.push(thread);
    return thread as unknown as Worker;
  };
  return { threads, spawn };
}

function opened(spawn: () => Worker): { replay: Replay; end: () => void } {
  let replay: Replay | undefined;
  const end = $effect.root(() => {
    replay = createReplay(spawn);
  });
  if (!replay) throw new Error('a replay is made at once');
  return { replay, end };
}

describe('[U214] a check', () => {
  let end = () => {};
  afterEach(() => end());

  it('whose thread dies says so, accuses nobody, and the next one has a thread of its own', async () => {
    const { threads, spawn } = createThreads();
    const begun = opened(spawn);
    end = begun.end;
    const { replay } = begun;
    await replay.checkFile(new File(['x'], 'x.fair'));
    threads.at(-1)?.dispatchEvent(new Event('error'));
    expect([replay.stage, replay.code]).toEqual(['unreadable', 'internal']);
    expect(failureWords('internal')).not.toBe(failureWords('refusal_mismatch'));
    const before = threads.length;
    await replay.checkFile(new File(['x'], 'x.fair'));
    expect(threads.length).toBe(before + 1);
    expect(threads.at(-1)?.told).toMatchObject([{ ask: 'check' }]);
    const screen = await render(ReplayView, { replay });
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Checking');
  });

  it.each(['error', 'messageerror'])(
    'that is done stands, whatever its thread does then: %s',
    async (what) => {
      const { threads, spawn } = createThreads();
      const begun = opened(spawn);
      end = begun.end;
      const { replay } = begun;
      threads.at(-1)?.dispatchEvent(new Event(what));
      expect(replay.stage).toBe('empty');
      await replay.checkFile(new File(['x'], 'x.fair'));
      const report = { valid: true, size: 3 };
      const data = { say: 'report', report, openedAt: 0, marks: [], times: [] };
      threads.at(-1)?.dispatchEvent(new MessageEvent('message', { data }));
      threads.at(-1)?.dispatchEvent(new Event(what));
      expect([replay.stage, replay.report]).toEqual(['done', report]);
    },
  );

  it('of a file that is gone again says so', async () => {
    const begun = opened(createThreads().spawn);
    end = begun.end;
    const file = new File(['x'], 'x.fair');
    vi.spyOn(file, 'arrayBuffer').mockRejectedValue(new DOMException('moved', 'NotReadableError'));
    await begun.replay.checkFile(file);
    expect(begun.replay.stage).toBe('unreadable');
  });
});
