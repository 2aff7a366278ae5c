import { describe, expect, it } from 'vitest';
import type { Reply } from './testing/relayEnd.ts';
import { troubled, turn } from './testing/troubled.ts';

describe('a disk that is full', () => {
  it('[A29] a disk that stays full is tried ever less often, is told of at once, and is written by itself when it has room', async () => {
    const { party, storeGate, ann, world } = await troubled();
    const told = () => party.relay.frames.filter(({ t }) => t === 'stats').at(-1);
    storeGate.breakDown('database or disk is full');
    let reply: Reply | undefined;
    void party.send(ann, world, 'join').then((given) => (reply = given));
    await turn(200);
    expect(storeGate.failed).toBe(2);
    expect(party.authority.health()).toMatchObject({
      ok: false,
      reasons: [expect.stringMatching(/cannot write/)],
    });
    expect(told()).toMatchObject({ reasons: [expect.stringMatching(/cannot write/)] });
    for (let second = 0; second < 30; second++) {
      party.clock.jump(1000);
      await turn();
    }
    expect(storeGate.failed).toBeGreaterThan(10);
    expect(storeGate.failed).toBeLessThan(35);
    expect(reply).toBeUndefined();
    storeGate.mend();
    party.clock.jump(1000);
    await party.settle();
    expect(reply).toMatchObject({ status: 200 });
    expect(party.authority.health()).toEqual({ ok: true, reasons: [] });
    expect(told()).toMatchObject({ reasons: [] });
    await party.authority.close();
  });

  it('[A29] is told of also where the rebuilding itself has to wait for the lock', async () => {
    const { party, storeGate, lockGate, ann, world } = await troubled();
    // The commit stands in the store, and what follows from that has to be locked before it is signed.
    await party.send(ann, world, 'join');
    storeGate.fail('disk full');
    lockGate.breakDown('read-only');
    let reply: Reply | undefined;
    void party.send(ann, world, 'add', { count: 1 }).then((given) => (reply = given));
    await turn();
    expect(party.authority.health()).toMatchObject({ ok: false });
    party.clock.jump(1000);
    await turn();
    expect([reply, party.authority.health().ok]).toEqual([undefined, false]);
    lockGate.mend();
    party.clock.jump(1000);
    await party.settle();
    expect(reply).toMatchObject({ status: 200 });
    expect(party.authority.health()).toEqual({ ok: true, reasons: [] });
    await party.authority.close();
  });

  it('[A29] while nothing can be stored, whoever asks for a world is told so', async () => {
    const { party, storeGate, bob } = await troubled();
    storeGate.breakDown('database or disk is full');
    const refused = party.create(bob, 'tally', {}).then(
      () => 'made',
      (fault: Error) => fault.message,
    );
    await turn();
    party.clock.jump(125);
    expect(await refused).toContain('storage_away');
    storeGate.mend();
    party.clock.jump(1000);
    await party.settle();
    expect((await party.create(bob, 'tally', {})).world).toHaveLength(32);
    await party.authority.close();
  });
});
