/** The relay's own word: a signed sighting of each intent, with the newest head that it knew. */
import {
  type Bytes,
  type SignedPair,
  bytesToUtf8,
  createSign,
  emptyRoot,
  makeSeen,
  parseCheckpoint,
  publicKeyFromSeed,
  signedBytes,
} from '@fairground/ledger';
import type { WorldId } from '@fairground/protocol';
import type { Clock } from '../ports.ts';

export interface Head {
  readonly size: number;
  readonly root: Bytes;
}

export interface Witness {
  readonly key: Bytes;
  /** `lot` is what a sealed intent says of itself. */
  see(sighting: {
    readonly world: WorldId;
    readonly worldBytes: Bytes;
    readonly lot: number | null;
    readonly intentHash: Bytes;
  }): SignedPair;
  /** A checkpoint that the authority pushed; kept when it is newer. */
  learn(world: WorldId, checkpoint: Bytes): void;
}

const noHead: Head = { size: 0, root: emptyRoot };
const mostHeads = 10_000;

export function createWitness({ clock, seed }: { readonly clock: Clock; readonly seed: Bytes }): Witness {
  const key = publicKeyFromSeed(seed);
  const sign = createSign(seed);
  const heads = new Map<WorldId, Head>();
  return {
    key,
    see({ world, worldBytes, lot, intentHash }) {
      const { size, root } = heads.get(world) ?? noHead;
      const bytes = makeSeen({
        world: worldBytes,
        lot,
        intentHash,
        witness: key,
        headSize: size,
        headRoot: root,
        at: clock.now(),
      });
      return { bytes, sig: sign(signedBytes('seen', bytes)) };
    },
    learn(world, checkpoint) {
      const head = readHead(checkpoint);
      if (!head || head.size < (heads.get(world)?.size ?? 0)) return;
      heads.delete(world);
      heads.set(world, head);
      const [oldest] = heads.keys();
      if (heads.size > mostHeads && oldest !== undefined) heads.delete(oldest);
    },
  };
}

/** The authority's link is trusted for its own heads: the note's signature is for readers to check. */
function readHead(checkpoint: Bytes): Head | undefined {
  const note = bytesToUtf8(checkpoint) ?? '';
  const parsed = parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1));
  return parsed.ok ? parsed.value : undefined;
}
