import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesToBase32, keyToDid } from '@fairground/ledger';
import { type Follower, type FollowerState, until } from '@fairground/peer';
import { parseWorldId } from '@fairground/protocol';
import { ANSWER_SIZE, type TriviaView } from '@fairground/rules';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Household, openHousehold } from '../testing/household.ts';
import { run, runJson } from '../testing/run.ts';

vi.setConfig({ testTimeout: 180_000 });

const households: Household[] = [];
afterEach(async () => {
  for (const household of households.splice(0)) await household.close();
});

async function openHouse(more: Readonly<Record<string, string>> = {}) {
  const household = await openHousehold(more);
  households.push(household);
  return { household, env: { DATA_DIR: household.dataDir, LOCK_DIR: household.lockDir, ...more } };
}

const sees = (follower: Follower, what: (view: TriviaView, state: FollowerState) => boolean) =>
  until(
    follower,
    (state) => state.view !== undefined && what(state.view as TriviaView, state),
    AbortSignal.timeout(60_000),
  );

/** Another operator has a key before anybody can name it. */
async function openFriend() {
  const { household, env } = await openHouse();
  await household.start();
  await household.stop();
  const { json } = await runJson(['keys', '--json'], env);
  return { household, env, did: (json as { authority: { did: string } }).authority.did };
}

describe('[C98] fairground successor --log', () => {
  it('goes on from a match whose authority burnt, for whom its genesis names: opens what was sealed, and begins with the same host', async () => {
    const friend = await openFriend();
    const { household } = await openHouse({ AUTHORITY_SUCCESSORS: friend.did });
    const first = await household.start();
    const ada = household.person(1);
    const created = await ada.peer.createWorld({
      ...{ game: 'trivia', visibility: 'unlisted' },
      config: { topics: ['geography'], questions: 2, windowMs: 60_000, advance: 'host' },
    });
    if (!created.ok) throw new Error(created.code);
    const { world, cap } = created.value;
    const follower = await ada.join(world, cap, 'Ada');
    // Who does not answer keeps the question open.
    const bob = await household.person(2).join(world, cap, 'Bob');
    await sees(follower, ({ standings }) => standings.length === 2);
    await follower.submit({ kind: 'start' });
    await sees(follower, ({ phase }) => phase === 'open');
    const answer = { kind: 'answer', seal: { lot: 0, value: 2, size: ANSWER_SIZE } };
    await follower.submit(answer);
    await vi.waitFor(
      () => expect(follower.mine.value.find(({ plan }) => plan.kind === 'answer')?.receipt).toBeDefined(),
      60_000,
    );
    const id = bytesToBase32(follower.world);
    const log = `http://127.0.0.1:${first.server.port}/log/${id}`;
    const folder = join(friend.household.dataDir, '..');
    const [bundle, escrow, out] = ['lost.fair', 'lost.escrow', 'opened.json'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    for (const [file, from] of [
      [bundle, 'bundle.fair'],
      [escrow, 'escrow'],
    ] as const) {
      const response = await fetch(`${log}/${from}?cap=${cap ?? ''}`);
      expect(response.status).toBe(200);
      await writeFile(file, new Uint8Array(await response.arrayBuffer()));
    }
    follower.close();
    bob.close();
    await household.stop();

    const left = ['successor', id, '--log', bundle, '--escrow', escrow];
    const stranger = await openFriend();
    expect(await run(left, stranger.env)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('does not name this authority'),
    });
    expect(await run(left.slice(0, 4), friend.env)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--escrow'),
    });
    const planned = await runJson([...left, '--opened', out, '--json'], friend.env);
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    const said = planned.json as { successor: string; code: string; from: number; answers: number };
    expect(said).toMatchObject({ world: id, answers: 1, code: expect.stringMatching(/^\d{6}$/) });
    expect((await runJson([...left, '--json'], friend.env)).json).toEqual(planned.json);
    const { lots } = JSON.parse(await readFile(out, 'utf8')) as {
      lots: { lot: number; openings: { index: number; player: string; nonce: string; value: unknown }[] }[];
    };
    expect(lots).toMatchObject([{ lot: 0, openings: [{ player: keyToDid(ada.key), value: 2 }] }]);

    const again = await friend.household.start();
    const host = friend.household.person(1);
    const next = parseWorldId(said.successor);
    if (!next.ok) throw new Error(next.code);
    const address = `http://127.0.0.1:${again.server.port}/codes/${said.code}`;
    // It begins when everybody was asked.
    const room = await vi.waitFor(async () => {
      const asked = await fetch(address, { method: 'POST' });
      expect(asked.status).toBe(200);
      return (await asked.json()) as { world: string; cap: typeof cap };
    });
    expect(room.world).toBe(said.successor);
    const anew = await host.join(next.value, room.cap, 'Ada');
    await sees(anew, ({ standings }) => standings.length > 0);
    const file = join(folder, 'next.fair');
    await writeFile(file, await anew.takeHome());
    const verified = await runJson(['verify', file, '--json'], {});
    expect(verified).toMatchObject({ code: 0, json: { valid: true, world: said.successor } });
    expect(verified.stdout).toContain(`/${id} after ${said.from} entries; whether it was named to`);
  });
});
