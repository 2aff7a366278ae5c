import {
  decodeCbor,
  decodePair,
  encodeCbor,
  encodePair,
  seedSigner,
  signPair,
  unwrap,
} from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { limits, openReaction, REACTION_MARKS, type Reaction, signChatLine, signReaction } from './index.ts';

const ada = seedSigner(new Uint8Array(32).fill(3));
const mallory = seedSigner(new Uint8Array(32).fill(66));
const reaction: Omit<Reaction, 'v' | 'key'> = {
  ...{ room: new Uint8Array(16), line: new Uint8Array(32).fill(9), turn: 0, mark: 'laugh' },
};

describe('a reaction', () => {
  it.each([...REACTION_MARKS, null])('[W12] %s opens with its author', async (mark) => {
    const opened = unwrap(await openReaction(await signReaction(ada, { ...reaction, mark })));
    expect(opened).toEqual({ ...reaction, mark, v: 1, key: ada.key });
  });

  it("[W12] in another's name is refused: signed by somebody else, or moved under another line, mark or turn", async () => {
    const signed = unwrap(decodePair(await signReaction(ada, reaction)));
    const said = unwrap(decodeCbor(signed.bytes)) as object;
    const inHerName = encodeCbor({ ...said, key: ada.key });
    const forged = encodePair(await signPair('reaction', mallory, inHerName));
    expect(await openReaction(forged)).toMatchObject({ ok: false, code: 'signature_invalid' });
    for (const change of [
      { mark: 'love' },
      { turn: 1 },
      { line: new Uint8Array(32) },
      { key: mallory.key },
    ]) {
      const moved = encodePair({ bytes: encodeCbor({ ...said, ...change }), sig: signed.sig });
      expect(await openReaction(moved)).toMatchObject({ ok: false, code: 'signature_invalid' });
    }
  });

  it('[W12] is not what was signed as something else', async () => {
    const { bytes } = unwrap(decodePair(await signReaction(ada, reaction)));
    const asChat = encodePair(await signPair('chat', ada, bytes));
    expect(await openReaction(asChat)).toMatchObject({ ok: false, code: 'signature_invalid' });
    const line = { room: reaction.room, epoch: 0, seq: 0, prev: new Uint8Array(32), text: 'hi', at: 5 };
    expect(await openReaction(await signChatLine(ada, line))).toMatchObject({ code: 'reaction_malformed' });
  });

  it('[W12] limit reactionBytes: of another mark, past the last turn, too long, or of no form at all is refused', async () => {
    const { bytes } = unwrap(decodePair(await signReaction(ada, reaction)));
    const said = unwrap(decodeCbor(bytes)) as object;
    const signed = async (change: object) =>
      encodePair(await signPair('reaction', ada, encodeCbor({ ...said, ...change })));
    const bad = [
      await signed({ mark: 'rude' }),
      await signed({ turn: limits.reactionTurns.max }),
      await signed({ more: 1 }),
      new Uint8Array(limits.reactionBytes.max + 1),
      new Uint8Array([0xf6]),
    ];
    for (const input of bad) expect(await openReaction(input)).toMatchObject({ code: 'reaction_malformed' });
    await expect(signReaction(ada, { ...reaction, mark: 'rude' as never })).rejects.toThrow('Invalid option');
  });

  it('[W12] fits its limit at its largest', async () => {
    const largest = await signReaction(ada, { ...reaction, turn: limits.reactionTurns.max - 1 });
    expect(largest.length).toBeLessThan(limits.reactionBytes.max);
  });
});
