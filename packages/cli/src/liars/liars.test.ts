import {
  bytesToUtf8,
  createVkey,
  formatFaultProof,
  makeEquivocationProof,
  seedSigner,
  sha256,
  signCheckpoint,
  unwrap,
  utf8ToBytes,
} from '@fairground/ledger';
import { ROOM_FAULTS, type ToAuthority, type ToRelay } from '@fairground/protocol';
import { ANSWER_SIZE } from '@fairground/rules';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  changed,
  chargeOf,
  elsewhere,
  isSize,
  kindOf,
  namesIn,
  openTable,
  phaseOf,
  receipted,
  witnessKey,
} from './scene.fixture.ts';
import { openStage, type Stage } from './stage.fixture.ts';

let stage: Stage;
beforeEach(() => {
  stage = openStage();
});
afterEach(() => stage.close());

/** Nothing that is published gets out; answers to mail do. */
const mute = (frame: ToRelay) => (frame.t === 'reply' ? frame : undefined);

describe('an authority that lies is caught by ordinary clients', () => {
  it('[D60] when it forks its log: two who were shown different histories compare what they have', async () => {
    const liar = await stage.open();
    const [joined, [ada, cleo]] = await openTable(stage, liar, ['Ada', 'Cleo']);
    const other = await liar.fork(liar.point());
    // Bob is in the same room; whatever is about the match comes from the fork.
    const bob = stage.person('Bob', liar, elsewhere(liar.url, other.url));
    await bob.lookOn(joined);
    await bob.sees(isSize(2));
    await bob.join();
    await cleo?.join();
    await bob.sees(({ size }) => size >= 3);
    for (const person of [ada, bob, cleo]) {
      const state = await person?.sees({ status: 'fault' });
      expect(state?.fault).toMatchObject({ blame: 'authority', code: 'equivocation' });
      expect(state && (await chargeOf(state))).toBe('authority: equivocation');
    }
  });

  it('[D61] when it drops an intent that it receipted: its sender finds another entry there, and tells the room', async () => {
    const liar = await stage.open();
    const [, [ada, bob, cleo]] = await openTable(stage, liar, ['Ada', 'Bob', 'Cleo']);
    const point = liar.point();
    liar.hand.toRelay = mute;
    await bob?.join();
    await receipted(bob);
    delete liar.hand.toRelay;
    await liar.goBackTo(point);
    await cleo?.join();
    for (const person of [bob, ada, cleo]) {
      const state = await person?.sees({ status: 'fault' });
      expect(state?.fault).toMatchObject({ code: 'drop', index: 2 });
      expect(state && (await chargeOf(state))).toBe('authority: drop');
    }
  });

  it('[D62] when it re-orders what it receipted', async () => {
    const liar = await stage.open();
    const [, [, bob, cleo]] = await openTable(stage, liar, ['Ada', 'Bob', 'Cleo']);
    const point = liar.point();
    liar.hand.toRelay = mute;
    await bob?.join();
    await receipted(bob);
    const first = liar.mail.at(-1);
    await bob?.follower.submit({ kind: 'leave' });
    await receipted(bob, 2);
    delete liar.hand.toRelay;
    await liar.goBackTo(point);
    await cleo?.join();
    await receipted(cleo);
    if (first) liar.handOver(first);
    const state = await bob?.sees({ status: 'fault' });
    expect(state?.fault).toMatchObject({ code: 'drop', index: 2 });
    expect(state && (await chargeOf(state))).toBe('authority: drop');
  });

  it('[D63] when it keeps back an answer that the relay saw in time', async () => {
    const liar = await stage.open();
    const ada = stage.person('Ada', liar);
    const bob = stage.person('Bob', liar);
    const config = { topics: ['general'], questions: 1, windowMs: 20_000, graceMs: 0 };
    const joined = unwrap(await ada.peer.createWorld({ game: 'trivia', config, visibility: 'listed' }));
    for (const person of [ada, bob]) {
      await person.lookOn(joined);
      await person.join();
      await person.sees(({ view }) => namesIn(view).includes(person.name));
    }
    await ada.follower.submit({ kind: 'start' });
    await bob.sees(({ view }) => phaseOf(view) === 'open');
    const held: ToAuthority[] = [];
    liar.hand.toAuthority = (frame) => {
      if (frame.t !== 'mail' || kindOf(frame) !== 'answer') return frame;
      held.push(frame);
      return undefined;
    };
    unwrap(await bob.follower.submit({ kind: 'answer', seal: { lot: 0, value: 0, size: ANSWER_SIZE } }));
    await vi.waitFor(() => expect(held.length).toBeGreaterThan(0), 60_000);
    const state = await bob.sees(({ charges }) => charges.length > 0);
    // The log itself is sound: whoever carried the answer is to blame, and nobody can say which of the two.
    expect(state).toMatchObject({ status: 'live' });
    const relay = unwrap(await witnessKey(liar));
    expect(await chargeOf(state, [relay])).toBe('carrier: delay');
    expect(await chargeOf(state)).toBe('unproven: witness_unknown');
  });

  it('[D64] when it refuses by a false code', async () => {
    const liar = await stage.open(
      changed('nim', ({ check }) => ({
        check: (state, intent) =>
          intent.body.kind === 'leave' ? { code: 'not_seated' } : check(state, intent),
      })),
    );
    const [, [ada, bob]] = await openTable(stage, liar, ['Ada', 'Bob']);
    await ada?.follower.submit({ kind: 'leave' });
    for (const person of [ada, bob]) {
      const state = await person?.sees({ status: 'fault' });
      expect(state?.fault).toMatchObject({ code: 'refusal_mismatch', index: 2 });
      expect(state && (await chargeOf(state))).toBe('authority: refusal_mismatch');
    }
  });

  it('[D65] when it opens a seal wrongly', async () => {
    const liar = await stage.open(
      changed('trivia', ({ unseal }) => ({
        unseal: (...args) =>
          unseal(...args).map((draft) =>
            draft.kind === 'lot'
              ? { ...draft, openings: [], void: draft.openings.map(({ index }) => index) }
              : draft,
          ),
      })),
    );
    const ada = stage.person('Ada', liar);
    const config = { topics: ['general'], questions: 1, windowMs: 20_000, graceMs: 0 };
    const joined = unwrap(await ada.peer.createWorld({ game: 'trivia', config, visibility: 'listed' }));
    await ada.lookOn(joined);
    await ada.join();
    await ada.sees(({ view }) => namesIn(view).includes('Ada'));
    await ada.follower.submit({ kind: 'start' });
    await ada.sees(({ view }) => phaseOf(view) === 'open');
    unwrap(await ada.follower.submit({ kind: 'answer', seal: { lot: 0, value: 0, size: ANSWER_SIZE } }));
    const state = await ada.sees({ status: 'fault' });
    expect(state.fault).toMatchObject({ blame: 'authority', code: 'lot_void_false' });
    expect(await chargeOf(state)).toBe('authority: lot_void_false');
  });

  it('[D66] when it signs a wrong state', async () => {
    const liar = await stage.open(
      changed('nim', ({ encode }) => ({ encode: (state) => encode({ ...state, stones: state.stones + 1 }) })),
    );
    const [joined, [ada, bob]] = await openTable(stage, liar, ['Ada', 'Bob']);
    // The next world of the room: the one before is closed, with its state.
    unwrap(
      (await ada?.peer.createWorld({
        ...{ game: 'nim', config: { stones: 5, turnMs: 60_000 }, visibility: 'listed' },
        room: joined.room,
      })) ?? { ok: false, code: 'nobody' },
    );
    for (const person of [ada, bob]) {
      const state = await person?.sees({ status: 'fault' });
      expect(state?.fault).toMatchObject({ code: 'state_mismatch', index: 2 });
      expect(state && (await chargeOf(state))).toBe('authority: state_mismatch');
    }
  });

  it('[D67] when it rewrites the tail that everybody has read', async () => {
    const liar = await stage.open();
    const [, [, bob, cleo, eve]] = await openTable(stage, liar, ['Ada', 'Bob', 'Cleo', 'Eve']);
    const point = liar.point();
    await bob?.join();
    for (const person of [bob, cleo, eve]) await person?.sees(({ size }) => size >= 3);
    liar.hand.toRelay = (frame) => {
      // Whoever lies does not ask the others what they have seen, …
      if (frame.t === 'seek') return undefined;
      return frame.t === 'doc' && frame.name.startsWith('tail:') ? { ...frame, t: 'doc.reset' } : frame;
    };
    // … and does not look at what its relay holds.
    liar.hand.toAuthority = (frame) => (frame.t === 'given' ? { ...frame, bytes: null } : frame);
    // Eve looks on and hears nobody: what she has read herself is enough.
    eve?.gossip.stop();
    await liar.goBackTo(point);
    await cleo?.join();
    const state = await eve?.sees({ status: 'fault' });
    expect(state?.fault?.code).toBe('equivocation');
    expect(state && (await chargeOf(state))).toBe('authority: equivocation');
    expect((await bob?.sees({ status: 'fault' }))?.fault?.code).toMatch(/^(equivocation|drop)$/);
  });
});

describe('a peer that lies about an honest authority', () => {
  it('[D69] frames nobody: junk heads and junk proofs change nothing for the others', async () => {
    const honest = await stage.open();
    const [joined, [ada, bob, mallory]] = await openTable(stage, honest, ['Ada', 'Bob', 'Mallory']);
    if (!ada || !bob || !mallory) throw new Error('three people');
    mallory.gossip.stop();
    const own = await stage.open();
    const [, [zoe]] = await openTable(stage, own, ['Zoe']);
    const { checkpoint, vkey } = ada.follower.log;
    const foreign = zoe?.follower.log.checkpoint;
    if (!checkpoint || !foreign || !vkey) throw new Error('both are open');
    const real = bytesToUtf8(checkpoint) ?? '';
    const mine = seedSigner(sha256(utf8ToBytes('mallory')));
    const forged = (size: number) =>
      signCheckpoint(mine, { origin: vkey.name, size, root: sha256(utf8ToBytes(String(size))) });
    const notes = [
      'junk',
      real.replace('\n2\n', '\n1\n'),
      bytesToUtf8(foreign) ?? '',
      bytesToUtf8(await forged(2)) ?? '',
      bytesToUtf8(await forged(900)) ?? '',
    ];
    const proofs = [
      '{}',
      formatFaultProof(makeEquivocationProof(vkey, { smaller: checkpoint, larger: checkpoint })),
      formatFaultProof(makeEquivocationProof(vkey, { smaller: checkpoint, larger: await forged(2) })),
      formatFaultProof(
        makeEquivocationProof(createVkey(vkey.name, 1, mine.key), {
          smaller: await forged(2),
          larger: await signCheckpoint(mine, { origin: vkey.name, size: 2, root: sha256(mine.key) }),
        }),
      ),
    ];
    const faults = mallory.room.doc.getMap<unknown>(ROOM_FAULTS);
    for (const [i, note] of notes.entries()) {
      mallory.room.present({ head: { world: joined.world, note } });
      faults.set(`did:key:${i}`, proofs[i] ?? 7);
      await vi.waitFor(() => {
        const shown = ada.room.people.value.find(({ head }) => head?.note === note);
        expect(shown && ada.room.doc.getMap(ROOM_FAULTS).has(`did:key:${i}`)).toBeTruthy();
      });
    }
    // All of it was heard before what an honest person says now.
    await bob.join();
    for (const person of [ada, bob]) {
      const state = await person.sees(({ size }) => size >= 3);
      expect(state).toMatchObject({ status: 'live', charges: [], isDoubted: false });
    }
    await vi.waitFor(() => {
      stage.clock.skip(1_000);
      expect([ada.gossip.agreeing.value, bob.gossip.agreeing.value]).toEqual([1, 1]);
    });
    expect(ada.follower.value).toMatchObject({ status: 'live', charges: [], isDoubted: false });
  });
});
