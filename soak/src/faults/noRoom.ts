/** A part whose disk cannot be written for a while, in front of a client that goes on: what is said meanwhile, and what comes back. */
import type { Seed } from '@fairground/cli';
import { type Lobby, openLobby } from '../crowd/lobby.ts';
import type { House, Part } from '../house/house.ts';
import { judge } from '../judge/judge.ts';
import { createTestimony } from '../judge/testimony.ts';
import type { Trouble } from './troubles.ts';

export interface NoRoom {
  /** What `/healthz` said while it could not be written. */
  readonly reasons: readonly string[];
  /** What somebody was told who asked for a world then. */
  readonly refusal: string;
  /** Lines that the part logged about it. */
  readonly logged: number;
  /** From the end of the trouble until `/healthz` was 200 and all that was said meanwhile was counted, ms. */
  readonly backMs: number;
  readonly faults: readonly string[];
}

export interface NoRoomPlan {
  readonly house: House;
  readonly part: Part;
  readonly trouble: Trouble;
  readonly seed: Seed;
  /** So many intents while nothing can be written. */
  readonly intents: number;
  readonly patienceMs: number;
}

export async function runOutOfRoom(plan: NoRoomPlan): Promise<NoRoom> {
  const { house, part, trouble, seed, patienceMs } = plan;
  const testimony = createTestimony(house.key);
  await house.start();
  const lobby = await openLobby(house.url, seed, testimony);
  try {
    await lobby.counted(await lobby.say(), patienceMs);
    const quiet = house.process(part).stderr().length;
    await trouble.begin();
    const said = await sayMuch(lobby, plan.intents);
    const reasons = await until(
      async () => (await reasonsOf(house)) ?? [],
      (found) => found.length > 0,
      patienceMs,
    );
    const refusal = await refusalOf(lobby);
    const log = house.process(part).stderr().slice(quiet);
    const ended = performance.now();
    await trouble.end();
    await until(
      () => reasonsOf(house),
      (found) => found?.length === 0,
      patienceMs,
    );
    for (const id of said) await lobby.counted(id, patienceMs);
    const backMs = performance.now() - ended;
    const logged = log.split('\n').filter(Boolean).length;
    return { reasons, refusal, logged, backMs, faults: await judge(house, testimony) };
  } finally {
    lobby.close();
  }
}

async function sayMuch(lobby: Lobby, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await lobby.say());
  return ids;
}

/** Of a 503; none for a 200; undefined while nothing answers. */
export async function reasonsOf({ url }: Pick<House, 'url'>): Promise<readonly string[] | undefined> {
  const response = await fetch(`${url}/healthz`).catch(() => undefined);
  if (!response) return undefined;
  const { ok, reasons } = (await response.json()) as {
    readonly ok: boolean;
    readonly reasons: readonly string[];
  };
  return ok === (response.status === 200) && ok === (reasons.length === 0) ? reasons : undefined;
}

async function refusalOf({ peer }: Lobby): Promise<string> {
  const config = { topics: ['science'], questions: 1 };
  const created = await peer.createWorld({ game: 'trivia', config, visibility: 'unlisted' });
  return created.ok ? 'made' : `${created.code}: ${created.message}`;
}

const LOOK_MS = 50;

/** Throws with what was found last. */
export async function until<T>(
  look: () => Promise<T>,
  fits: (found: T) => boolean,
  patienceMs: number,
): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (fits(found)) return found;
    if (performance.now() > end) throw new Error(`waited in vain; found last: ${JSON.stringify(found)}`);
    await new Promise((resume) => setTimeout(resume, LOOK_MS));
  }
}
