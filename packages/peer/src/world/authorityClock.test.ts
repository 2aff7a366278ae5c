import { formatDid } from '@fairground/protocol';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../http.ts';
import { seedIdentity } from '../identity.ts';
import { createTestClock } from '../testClock.fixture.ts';
import { createGuessOffset } from './authorityClock.ts';

const { key } = seedIdentity(new Uint8Array(32).fill(5));

/** A relay 70 seconds ahead, 400 ms away each way. */
function ask(answer: (now: number) => Response) {
  const clock = createTestClock();
  let asked = 0;
  const fetch = async (): Promise<Response> => {
    asked += 1;
    await clock.advance(400);
    const now = clock.now() + 70_000;
    await clock.advance(400);
    return answer(now);
  };
  const guess = createGuessOffset({ http: createHttp('http://relay.test', { fetch }), clock });
  return { guess, asked: () => asked };
}

const authority = (now: number) =>
  Response.json({ name: 'a', key: formatDid(key), vkey: 'v', origin: 'a/', now, games: [] });

describe('[D15] the first guess of the authority’s clock', () => {
  it('is what the relay says, halfway between question and answer', async () => {
    const { guess, asked } = ask(authority);
    expect(await Promise.all([guess(), guess()])).toEqual([70_000, 70_000]);
    expect(asked()).toBe(1);
    expect([await guess(), asked()]).toEqual([70_000, 2]);
  });

  it('is none when nobody answers', async () => {
    expect(await ask(() => new Response(null, { status: 503 })).guess()).toBeUndefined();
    expect(await ask(() => Response.error()).guess()).toBeUndefined();
  });
});
