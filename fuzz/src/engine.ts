/** The search: inputs made anew or bent from those that reached something new, each checked, each breakage kept once and made small. */
import type { Bytes } from '@fairground/ledger';
import { createRandom, type Random } from './random.ts';
import type { Target } from './target.ts';

export interface Finding {
  readonly target: string;
  /** `broke`: it threw or took what it may not; `slow`: it took longer than any input may. */
  readonly kind: 'broke' | 'slow';
  readonly message: string;
  readonly input: Bytes;
}

export interface Outcome {
  readonly target: string;
  readonly inputs: number;
  readonly accepted: number;
  /** Branch to branch, zero without coverage. */
  readonly edges: number;
  readonly corpus: number;
  readonly findings: readonly Finding[];
}

export interface Search {
  readonly inputs: number;
  readonly seed: number;
  /** Counts edges that are new since the last call; without it the search is by shape alone. */
  readonly freshEdges?: () => number;
  /** Told of each input before it is checked, for whoever waits for one that never ends. */
  readonly trying?: (input: Bytes) => void;
}

const mostCorpus = 4_000;
const mostFindings = 20;
const slowMs = 1_000;

export async function search(
  target: Target,
  { inputs, seed, freshEdges = () => 0, trying }: Search,
): Promise<Outcome> {
  const random = createRandom(seed);
  const corpus: Bytes[] = [];
  const findings = new Map<string, Finding>();
  let accepted = 0;
  let edges = 0;
  for (let tried = 0; tried < inputs; tried++) {
    const input = target.inputs.seeds[tried] ?? next(target, corpus, random);
    trying?.(input);
    const began = performance.now();
    const verdict = await verdictOf(target, input);
    const isSlow = performance.now() - began > slowMs && (await isAlwaysSlow(target, input));
    const kind = typeof verdict === 'string' ? 'broke' : 'slow';
    if (verdict === true) accepted++;
    const fresh = freshEdges();
    edges += fresh;
    if (fresh > 0 || tried < target.inputs.seeds.length) keep(corpus, input, random);
    if (typeof verdict !== 'string' && !isSlow) continue;
    const message = typeof verdict === 'string' ? verdict : 'it takes too long';
    if (findings.size >= mostFindings || findings.has(message)) continue;
    const small = kind === 'broke' ? await shrink(target, input, message) : input;
    findings.set(message, { target: target.name, kind, message, input: small });
  }
  return {
    target: target.name,
    inputs,
    accepted,
    edges,
    corpus: corpus.length,
    findings: [...findings.values()],
  };
}

/** True, false, or what went wrong, in words that are the same for the same fault. */
export async function verdictOf(target: Target, input: Bytes): Promise<boolean | string> {
  try {
    const verdict = target.check(input);
    return typeof verdict === 'boolean' ? verdict : await verdict;
  } catch (fault) {
    if (!(fault instanceof Error)) return String(fault);
    const [, place = ''] = /\n\s+at (.*)/.exec(fault.stack ?? '') ?? [];
    return `${fault.name}: ${fault.message.slice(0, 200).replaceAll(/\d+/g, '#')} at ${place.replace(/.*\//, '')}`;
  }
}

function next(target: Target, corpus: readonly Bytes[], random: Random): Bytes {
  const { inputs } = target;
  if (corpus.length === 0 || random.oneIn(3)) return inputs.make(random);
  // Half of the time one of the newest: what is new has been bent the least.
  const from = random.oneIn(2) ? Math.max(0, corpus.length - 16) : 0;
  const input = corpus[from + random.below(corpus.length - from)] ?? new Uint8Array();
  return inputs.bend(input, random, corpus);
}

function keep(corpus: Bytes[], input: Bytes, random: Random): void {
  if (corpus.length < mostCorpus) corpus.push(input);
  else corpus[random.below(corpus.length)] = input;
}

async function isAlwaysSlow(target: Target, input: Bytes): Promise<boolean> {
  for (let again = 0; again < 3; again++) {
    const began = performance.now();
    await verdictOf(target, input);
    if (performance.now() - began <= slowMs) return false;
  }
  return true;
}

/** Drops what can be dropped, and zeroes what can be zeroed, while the fault stays the same. */
async function shrink(target: Target, input: Bytes, message: string): Promise<Bytes> {
  let small = input;
  const isSame = async (candidate: Bytes) => (await verdictOf(target, candidate)) === message;
  for (let size = small.length >> 1; size > 0; size >>= 1)
    for (let at = 0; at < small.length;) {
      const candidate = new Uint8Array([...small.subarray(0, at), ...small.subarray(at + size)]);
      if (await isSame(candidate)) small = candidate;
      else at += size;
    }
  return small;
}
