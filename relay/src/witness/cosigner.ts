/** A C2SP tlog-witness: cosigns a log's checkpoint if it goes on from the last one that it cosigned, and from no other. */
import {
  type AddCheckpoint,
  type Bytes,
  type Checkpoint,
  type NoteSigner,
  type Vkey,
  type WitnessHttp,
  type WitnessReply,
  cosign,
  cosignatureType,
  createVkey,
  formatWitnessReply,
  judgeAddCheckpoint,
  parseAddCheckpoint,
  parseCheckpoint,
  parseNote,
  verifyCheckpoint,
} from '@fairground/ledger';
import type { Clock } from '../ports.ts';
import type { CosignedStore } from '../store/ports.ts';

export interface Cosigner {
  readonly vkey: Vkey;
  /** The answer to a body of `add-checkpoint`. Rejects, with nothing signed, when the store does. */
  addCheckpoint(body: Bytes): Promise<WitnessHttp>;
}

export interface CosignerDeps {
  readonly store: CosignedStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly signer: NoteSigner;
  /** The keys of a log that is witnessed here, by its origin: the newest, and those that were handed on. None: it is not witnessed. */
  vkeysOf(origin: string): readonly Vkey[];
}

export function createCosigner(deps: CosignerDeps): Cosigner {
  const { signer } = deps;
  /** By origin: what is checked must hold until it is durable, or a slower request could roll the log back. */
  const busy = new Map<string, Promise<unknown>>();

  function inTurn<T>(origin: string, act: () => Promise<T>): Promise<T> {
    const turn = (busy.get(origin) ?? Promise.resolve()).then(act);
    const ended = turn
      .catch(() => undefined)
      .then(() => {
        if (busy.get(origin) === ended) busy.delete(origin);
      });
    busy.set(origin, ended);
    return turn;
  }

  return {
    vkey: createVkey(signer.name, cosignatureType, signer.key),
    async addCheckpoint(body) {
      const request = parseAddCheckpoint(body);
      const claim = request.ok ? claimIn(request.value.note) : undefined;
      if (!request.ok || !claim) return formatWitnessReply({ status: 400 });
      const vkeys = deps.vkeysOf(claim.origin);
      if (vkeys.length === 0) return formatWitnessReply({ status: 404 });
      const signed = await readSigned(request.value.note, vkeys);
      if (!signed) return formatWitnessReply({ status: 403 });
      return formatWitnessReply(await inTurn(claim.origin, () => decide(deps, request.value, signed)));
    },
  };
}

interface Signed {
  readonly checkpoint: Checkpoint;
  /** By a key that was handed on: it says again what is known, and nothing new. */
  readonly isFormer: boolean;
}

async function readSigned(note: string, vkeys: readonly Vkey[]): Promise<Signed | undefined> {
  for (const [i, vkey] of vkeys.entries()) {
    const signed = await verifyCheckpoint(note, vkey);
    if (signed.ok) return { checkpoint: signed.value, isFormer: i > 0 };
  }
  return undefined;
}

function claimIn(note: string): Checkpoint | undefined {
  const parsed = parseNote(note);
  const claim = parsed.ok ? parseCheckpoint(parsed.value.text) : undefined;
  return claim?.ok ? claim.value : undefined;
}

async function decide(
  { store, clock, signer }: CosignerDeps,
  request: AddCheckpoint,
  { checkpoint, isFormer }: Signed,
): Promise<WitnessReply> {
  const { origin, size, root } = checkpoint;
  const latest = await store.latest(origin);
  // Whoever stole it could lead the log astray from here on.
  if (isFormer && latest && size > latest.size) return { status: 403 };
  const judged = judgeAddCheckpoint(request, checkpoint, latest);
  if (!judged.ok && judged.code === 'witness_conflict') return { status: 409, size: latest?.size ?? 0 };
  if (!judged.ok) return { status: judged.code === 'witness_proof' ? 422 : 400 };
  const isNew = latest?.size !== size;
  if (isNew && !(await store.advance({ origin, size, root }, latest?.size ?? 0)))
    return { status: 409, size: (await store.latest(origin))?.size ?? 0 };
  const note = parseNote(request.note);
  if (!note.ok) return { status: 400 };
  const line = await cosign(signer, note.value.text, Math.floor(clock.now() / 1000));
  return { status: 200, signatures: [line] };
}
