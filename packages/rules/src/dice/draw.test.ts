import {
  compareBytes,
  type LockEntry,
  randCommit,
  type RevealEntry,
  seedFrom,
  sha256,
  utf8ToBytes,
} from '@fairground/ledger';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataToDraw, DrawData, drawToData } from './codec.ts';
import { diceDraft, drawChores, drawOwes, lockDraft } from './drafts.ts';
import {
  applyDice,
  applyLock,
  applyShare,
  AUTHORITY_MS,
  checkShare,
  type Draw,
  MAX_CONTENDERS,
  MAX_ROUNDS,
  openDraw,
  restartDraw,
  SHARE_MS,
} from './draw.ts';
import { deriveSecret, diceCommit, diceOf } from './secret.ts';

const bytes = (label: string) => sha256(utf8ToBytes(label));
const world = bytes('world');
const authority = bytes('authority');
const names = (count: number) => Array.from({ length: count }, (_, i) => `player ${i}`);

function draw(players: readonly string[], now = 1_000): Draw {
  return openDraw({
    world,
    authority: { who: authority, commit: diceCommit(bytes('authority secret'), authority) },
    players: players.map((name) => ({
      who: bytes(name),
      commit: diceCommit(bytes(`${name} secret`), bytes(name)),
    })),
    now,
  });
}

function lock(open: Draw, now = 1_000): Draw {
  return applyLock(open, { at: now, ...lockDraft(open) } as LockEntry, now);
}

function share(open: Draw, name: string, now = 2_000): Draw {
  return applyShare(open, bytes(name), diceOf(bytes(`${name} secret`)), now);
}

function reveal(open: Draw): Draw {
  const secret = deriveSecret(bytes('authority secret'), 'dice');
  return applyDice(open, { at: 3_000, ...diceDraft(open, secret) } as RevealEntry);
}

describe('the dice', () => {
  it('[R12] the lock holds the authority and every player, by key', () => {
    const { commits } = lockDraft(draw(names(5))) as LockEntry;
    expect(commits.map(({ who }) => who)).toEqual([authority, ...names(5).map(bytes)].sort(compareBytes));
  });

  it('[R12] of more than 64 players the first to join take part', () => {
    const open = draw(names(MAX_CONTENDERS + 3));
    expect(open.contenders).toHaveLength(MAX_CONTENDERS);
    const last = bytes(`player ${MAX_CONTENDERS}`);
    expect(open.contenders.some(({ who }) => compareBytes(who, last) === 0)).toBe(false);
  });

  it.each([
    ['another round', { round: 1 }],
    ['a commit left out', { commits: [] }],
  ])('[R9] a lock with %s is a fault', (_what, change) => {
    const open = draw(names(2));
    expect(() => applyLock(open, { ...(lockDraft(open) as LockEntry), ...change }, 0)).toThrow(
      'lock_unexpected',
    );
  });

  it('[R9] a second lock is a fault', () => {
    const open = draw(names(2));
    expect(() => lock(lock(open))).toThrow('lock_unexpected');
  });

  it('[R13] the seed is that of all secrets in key order, whatever the order of the shares', () => {
    const whole = names(4).map((name) => ({
      who: bytes(name),
      secret: deriveSecret(bytes(`${name} secret`), 'dice'),
    }));
    whole.push({ who: authority, secret: deriveSecret(bytes('authority secret'), 'dice') });
    whole.sort((a, b) => compareBytes(a.who, b.who));
    const expected = seedFrom({
      world,
      secretsInKeyOrder: whole.map(({ secret }) => secret),
      commits: whole.map(({ who, secret }) => randCommit(deriveSecret(secret, 'dice-nonce'), who, secret)),
    });
    fc.assert(
      fc.property(fc.shuffledSubarray(names(4), { minLength: 4 }), (order) => {
        const shared = order.reduce((open, name) => share(open, name), lock(draw(names(4))));
        expect(reveal(shared).seed).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('[R13] the authority may not come before the players', () => {
    const open = share(lock(draw(names(2))), 'player 0');
    expect(drawOwes(open)).toEqual([]);
    expect(() => reveal(open)).toThrow('dice_unexpected');
  });

  it('[R13] with the last share the authority owes its own, and only the one that it committed to counts', () => {
    const open = share(share(lock(draw(names(2))), 'player 0'), 'player 1');
    expect(drawOwes(open)).toEqual([{ act: 'unseal', what: 'dice', index: 0, by: 2_000 + AUTHORITY_MS }]);
    const wrong = { at: 0, ...diceDraft(open, bytes('another')) } as RevealEntry;
    expect(() => applyDice(open, wrong)).toThrow('dice_mismatch');
  });

  const zero = diceOf(bytes('player 0 secret'));
  it.each([
    ['before the lock', draw(names(2)), 'player 0', { round: 0, ...zero }, 'no_draw'],
    ['without a draw', undefined, 'player 0', { round: 0, ...zero }, 'no_draw'],
    ['by a stranger', lock(draw(names(2))), 'stranger', { round: 0, ...zero }, 'not_in_draw'],
    ['for another round', lock(draw(names(2))), 'player 0', { round: 1, ...zero }, 'wrong_round'],
    [
      'a second time',
      share(lock(draw(names(2))), 'player 0'),
      'player 0',
      { round: 0, ...zero },
      'already_shared',
    ],
    [
      'with another secret',
      lock(draw(names(2))),
      'player 0',
      { round: 0, ...zero, secret: bytes('x') },
      'share_mismatch',
    ],
    ['as promised', lock(draw(names(2))), 'player 0', { round: 0, ...zero }, undefined],
  ] as const)('[R14] a share %s', (_what, open, name, given, code) => {
    expect(checkShare(open, bytes(name), given)).toBe(code);
  });

  it('[R15] who is late is left out of the next round, and listed', () => {
    const locked = lock(draw(names(3)), 1_000);
    expect(locked.by).toBe(1_000 + SHARE_MS);
    const late = restartDraw(share(locked, 'player 1'), 6_000);
    expect(late).toMatchObject({ round: 1, locked: false, by: 6_000 + AUTHORITY_MS });
    expect(late?.contenders.map(({ who }) => who)).toEqual([bytes('player 1')]);
    expect(late?.contenders[0]?.secret).toBeUndefined();
    expect(late?.missed).toEqual([bytes('player 0'), bytes('player 2')].sort(compareBytes));
  });

  it('[R15] the rounds are bounded: in the last one the authority is alone', () => {
    let open: Draw | undefined = draw(names(6));
    for (let round = 0; round + 1 < MAX_ROUNDS; round++) {
      const locked: Draw = lock(open);
      const all = locked.contenders
        .slice(1)
        .map(({ who }) => names(6).find((name) => compareBytes(bytes(name), who) === 0) ?? '');
      open = restartDraw(
        all.reduce((shared, name) => share(shared, name), locked),
        9_000,
      );
      if (!open) throw new Error('no round');
    }
    expect(open.round).toBe(MAX_ROUNDS - 1);
    expect(open.contenders).toEqual([]);
    expect(reveal(lock(open)).seed).toHaveLength(32);
  });

  it('[R17] an authority that is late gets no new round', () => {
    expect(restartDraw(draw(names(2)), 99_000)).toBeUndefined();
    expect(restartDraw(share(lock(draw(names(1))), 'player 0'), 99_000)).toBeUndefined();
  });

  it('[R16] a device owes its share from the lock until it is in', () => {
    const chores = (open: Draw) => drawChores(open, bytes('player 0'), bytes('player 0 secret'));
    expect(chores(draw(names(2)))).toEqual([]);
    expect(chores(lock(draw(names(2))))).toEqual([{ kind: 'share', round: 0, ...zero }]);
    expect(chores(share(lock(draw(names(2))), 'player 0'))).toEqual([]);
    expect(drawChores(lock(draw(names(2))), bytes('stranger'), bytes('x'))).toEqual([]);
  });

  it('[R18] a commit is opened by the share of the same secret, and by no other key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (secret) => {
        const { nonce, secret: dice } = diceOf(secret);
        expect(randCommit(nonce, authority, dice)).toEqual(diceCommit(secret, authority));
        expect(randCommit(nonce, world, dice)).not.toEqual(diceCommit(secret, authority));
      }),
      { numRuns: 20 },
    );
  });

  it('[R18] every purpose and index has its own secret', () => {
    const secret = bytes('secret');
    const all = ['dice', 'dice-nonce', 'lot', 'questions'].flatMap((what) =>
      [0, 1, 256].map((index) => deriveSecret(secret, what, index)),
    );
    expect(new Set(all.map(String)).size).toBe(all.length);
    expect(() => deriveSecret(secret, 'a\0b')).toThrow('NUL');
  });

  it('[R3] a draw comes back from its data at every step', () => {
    const locked = lock(draw(names(3)));
    const shared = names(3).reduce((open, name) => share(open, name), locked);
    for (const open of [draw(names(3)), locked, share(locked, 'player 2'), shared, reveal(shared)]) {
      expect(dataToDraw(DrawData.parse(drawToData(open)), world)).toEqual(open);
    }
  });
});
