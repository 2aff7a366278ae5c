import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saveProfile } from '#lib/play/profile.svelte.ts';
import { held, revealed, running, screenOf } from '../../../routes/gallery/examples.ts';
import { signal, type Signal } from '../signals.ts';
import { signalMoments } from './signalMoments.svelte.ts';

describe('[U96] sound and vibration', () => {
  beforeEach(() => saveProfile({ sound: false, vibrate: false }));
  afterEach(() => {
    saveProfile({ sound: false, vibrate: false });
    vi.restoreAllMocks();
  });

  it('are off until they are switched on', () => {
    const buzz = vi.spyOn(navigator, 'vibrate').mockReturnValue(true);
    const speaker = vi.spyOn(AudioContext.prototype, 'createOscillator');
    signal('right');
    expect([buzz.mock.calls.length, speaker.mock.calls.length]).toEqual([0, 0]);
    saveProfile({ sound: true, vibrate: true });
    signal('right');
    expect([buzz.mock.calls.length, speaker.mock.calls.length]).toEqual([1, 1]);
  });

  it('tell each moment once, and nothing of what stood there when the page opened', () => {
    const said: Signal[] = [];
    let shown = $state.raw(screenOf(running(9000)));
    const end = $effect.root(() =>
      signalMoments(
        () => shown,
        (what) => said.push(what),
      ),
    );
    const show = (...[view, change]: Parameters<typeof screenOf>) => {
      shown = screenOf(view, change);
      flushSync();
    };
    flushSync();
    expect(said).toEqual([]);
    show(running(9000), { lock: held });
    show(running(8000), { lock: held });
    show(revealed(2));
    show(revealed(2));
    const next = running(9000);
    show({ ...next, round: { ...next.round!, index: 8 } });
    end();
    expect(said).toEqual(['locked', 'right', 'asked']);
  });

  it('tell nothing to whoever looks on', () => {
    const said: Signal[] = [];
    const { me: _, ...view } = running(9000);
    let shown = $state.raw(screenOf(view));
    const end = $effect.root(() =>
      signalMoments(
        () => shown,
        (what) => said.push(what),
      ),
    );
    flushSync();
    const { me: __, ...after } = revealed(2);
    shown = screenOf(after);
    flushSync();
    end();
    expect(said).toEqual([]);
  });
});
