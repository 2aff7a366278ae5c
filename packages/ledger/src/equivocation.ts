/** One key has signed two histories: two roots of one size, or a larger tree that does not begin with the smaller. */
import { bytesToBase64url } from './baseText.ts';
import { type Bytes, equalBytes } from './bytes.ts';
import {
  type Judgement,
  bytesOfText,
  isBytesText,
  isNoteText,
  isVkeyText,
  readSigned,
  unproven,
} from './judgement.ts';
import { rootsFromConsistency } from './merkleVerify.ts';
import { listOf, literal, optional, shape } from './shape.ts';
import { bytesToUtf8 } from './utf8.ts';
import { type Vkey, formatVkey } from './vkey.ts';

export interface EquivocationProof {
  readonly kind: 'equivocation';
  readonly vkey: string;
  /** The notes of size m and n ≥ m, verbatim. */
  readonly smaller: string;
  readonly larger: string;
  /** Consistency-shaped hashes from m to n, as the log served them for its larger tree; none for m = n. */
  readonly proof: readonly string[];
  /** The root of size m in the larger tree, where m is a power of two and the proof does not hold it. */
  readonly seed?: string;
}

export const isEquivocationProof = shape<EquivocationProof>({
  kind: literal('equivocation'),
  vkey: isVkeyText,
  smaller: isNoteText,
  larger: isNoteText,
  proof: listOf(isBytesText),
  seed: optional(isBytesText),
});

export function makeEquivocationProof(
  vkey: Vkey,
  {
    smaller,
    larger,
    proof = [],
    seed,
  }: {
    readonly smaller: Bytes;
    readonly larger: Bytes;
    readonly proof?: readonly Bytes[];
    readonly seed?: Bytes;
  },
): EquivocationProof {
  return {
    kind: 'equivocation',
    vkey: formatVkey(vkey),
    smaller: bytesToUtf8(smaller) ?? '',
    larger: bytesToUtf8(larger) ?? '',
    proof: proof.map(bytesToBase64url),
    ...(seed ? { seed: bytesToBase64url(seed) } : {}),
  };
}

/** Convicts only if the proof yields the larger root **exactly** and another smaller root than the signed one. */
export async function judgeEquivocation({
  vkey,
  smaller,
  larger,
  proof,
  seed,
}: EquivocationProof): Promise<Judgement> {
  const first = await readSigned(vkey, smaller);
  const second = await readSigned(vkey, larger);
  if (!first.ok || !second.ok) return unproven(first.ok ? codeOf(second) : codeOf(first));
  const [one, two] = [first.value.checkpoint, second.value.checkpoint];
  const guilty: Judgement = {
    verdict: 'convicts',
    against: 'authority',
    vkey,
    code: 'equivocation',
    index: null,
  };
  if (one.size === two.size) return equalBytes(one.root, two.root) ? unproven('same_root') : guilty;
  const hashes = proof.map(bytesOfText);
  const roots = rootsFromConsistency(
    BigInt(one.size),
    BigInt(two.size),
    hashes,
    seed === undefined ? undefined : bytesOfText(seed),
  );
  if (!roots.ok) return unproven(roots.code);
  if (!equalBytes(roots.value.root2, two.root))
    return unproven('root_not_reached', 'the hashes do not make the larger root');
  return equalBytes(roots.value.root1, one.root) ? unproven('consistent') : guilty;
}

function codeOf(result: { readonly ok: boolean; readonly code?: string }): string {
  return result.code ?? 'checkpoint_malformed';
}
