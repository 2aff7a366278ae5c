/** A witness in memory, for tests. */
import {
  type Checkpoint,
  cosign,
  cosignatureType,
  createVkey,
  formatWitnessReply,
  judgeAddCheckpoint,
  namedSigner,
  parseAddCheckpoint,
  parseCheckpoint,
  parseNote,
  seedSigner,
  unwrap,
} from '@fairground/ledger';
import type { WitnessPort } from '../witness/witnessPort.ts';

/** Decides as every witness does; in memory. */
export function witness(
  name: string,
): WitnessPort & { readonly asked: number[]; isAway: boolean; readonly size: number } {
  const signer = namedSigner(name, seedSigner(new Uint8Array(32).fill(name.length)));
  const vkey = createVkey(name, cosignatureType, signer.key);
  let latest: Checkpoint | undefined;
  const port = {
    ...{ name, vkey, isAway: false },
    asked: [] as number[],
    /** What it has cosigned. */
    get size() {
      return latest?.size ?? 0;
    },
    async addCheckpoint(body: string) {
      if (port.isAway) throw new Error('away');
      const request = unwrap(parseAddCheckpoint(body));
      const note = unwrap(parseNote(request.note));
      const checkpoint = unwrap(parseCheckpoint(note.text));
      port.asked.push(request.oldSize);
      const judged = judgeAddCheckpoint(request, checkpoint, latest);
      if (!judged.ok)
        return formatWitnessReply(
          judged.code === 'witness_conflict' ? { status: 409, size: latest?.size ?? 0 } : { status: 422 },
        );
      latest = checkpoint;
      return formatWitnessReply({
        status: 200,
        signatures: [await cosign(signer, note.text, 1_700_000_000)],
      });
    },
  };
  return port;
}
