import { describe, expect, it } from 'vitest';
import { openParty, restart } from '../testing/party.ts';
import { testEpoch } from '../testing/virtualClock.ts';
import { nextEpoch } from './epoch.ts';

const epochOf = (party: Awaited<ReturnType<typeof openParty>>): number => {
  const hello = party.relay.frames.find((frame) => frame.t === 'hello');
  return hello?.t === 'hello' ? hello.epoch : -1;
};

describe('the number of a start', () => {
  it('[A103] grows though the clock was set back by a minute, or the relay would refuse the link until it has caught up (seed 131)', async () => {
    const first = await openParty();
    const second = await restart(first, { startAt: testEpoch - 60_000 });
    const third = await restart(second, { startAt: testEpoch + 60_000, isAsking: true });
    expect(epochOf(second)).toBe(epochOf(first) + 1);
    expect(epochOf(third)).toBe(testEpoch + 60_000);
    for (const party of [first, second, third]) await party.authority.close();
  });

  it('[A103] is the clock where the disk cannot keep it', async () => {
    const said: string[] = [];
    const say = (_: object, message: string) => void said.push(message);
    const epoch = await nextEpoch({
      store: { document: async () => undefined, putDocument: () => Promise.reject(new Error('full')) },
      clock: { now: () => 7, setTimer: () => () => {} },
      log: { info: say, warn: say, error: say },
    });
    expect(epoch).toBe(7);
    expect(said).toEqual(['the number of this start could not be kept']);
  });
});
