/** What a sender was told of one intent, as a file: the authority's receipt, the relay's sighting; held against a log they prove a drop or a delay. */
import { type ReadLogOf, accuseOfDrop } from './accuse.ts';
import type { Bytes } from './bytes.ts';
import { type DelayProof, judgeDelay, makeDelayProof } from './delay.ts';
import { type DropProof, judgeDrop } from './drop.ts';
import { hashReaderOf } from './merkleProof.ts';
import { leafHash } from './merkle.ts';
import { type Judgement, unproven } from './judgement.ts';
import type { AnyGame } from './replayable.ts';
import { type Result, err, ok } from './result.ts';
import { isText, literal, optional, shape } from './shape.ts';
import { type SignedPair, type SignedPairJson, pairFromJson, pairToJson } from './signedPair.ts';
import type { Vkey } from './vkey.ts';

export interface Words {
  readonly intent: SignedPair;
  readonly receipt?: SignedPair;
  readonly seen?: SignedPair;
}

interface WordsJson {
  readonly kind: 'words';
  readonly intent: SignedPairJson;
  readonly receipt?: SignedPairJson;
  readonly seen?: SignedPairJson;
}

const isPair = shape<SignedPairJson>({ bytes: isText, sig: isText });
const isWords = shape<WordsJson>({
  kind: literal('words'),
  intent: isPair,
  receipt: optional(isPair),
  seen: optional(isPair),
});
const maxLength = 65_536;

export function formatWords({ intent, receipt, seen }: Words): string {
  const json: WordsJson = {
    kind: 'words',
    intent: pairToJson(intent),
    ...(receipt && { receipt: pairToJson(receipt) }),
    ...(seen && { seen: pairToJson(seen) }),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** Form only. */
export function parseWords(text: string): Result<Words, 'words_malformed'> {
  const json = text.length <= maxLength ? parseJson(text) : undefined;
  if (!isWords(json)) return err('words_malformed');
  const [intent, receipt, seen] = [json.intent, json.receipt, json.seen].map((pair) =>
    pair === undefined ? undefined : pairFromJson(pair),
  );
  if (!intent?.ok || receipt?.ok === false || seen?.ok === false) return err('words_malformed');
  return ok({
    intent: intent.value,
    ...(receipt && { receipt: receipt.value }),
    ...(seen && { seen: seen.value }),
  });
}

export interface WordsLog {
  readonly vkey: Vkey;
  /** From the genesis on. */
  readonly entries: readonly Bytes[];
  /** Over all of them. */
  readonly checkpoint: Bytes;
}

export interface WordsJudgement {
  readonly judgement: Judgement;
  /** Where it convicts: for whoever was not told. */
  readonly proof?: DropProof | DelayProof;
}

/** The receipt first: a broken one needs nobody else's word. `receipt_kept` if all is well. */
export async function judgeWords(
  log: WordsLog,
  words: Words,
  known: { readonly games: readonly AnyGame[]; readonly relays: readonly Bytes[] },
): Promise<WordsJudgement> {
  const byReceipt = words.receipt && (await judgeReceipt(log, words.receipt));
  if (byReceipt && (byReceipt.proof || !words.seen)) return byReceipt;
  if (words.seen && byReceipt?.judgement.code !== 'receipt_kept') {
    const { vkey, entries, checkpoint } = log;
    const proof = makeDelayProof(vkey, { checkpoint, entries, intent: words.intent, seen: words.seen });
    return convicting(await judgeDelay(proof, known.games, known.relays), proof);
  }
  return byReceipt ?? { judgement: unproven('no_word', 'neither a receipt nor a sighting is in the file') };
}

async function judgeReceipt(log: WordsLog, receipt: SignedPair): Promise<WordsJudgement> {
  const { vkey, entries, checkpoint } = log;
  const read: ReadLogOf = {
    ...{ vkey, checkpoint, size: entries.length },
    hashes: hashReaderOf(entries.map(leafHash)),
    lastEntry: entries.at(-1) ?? new Uint8Array(0),
  };
  const proof = await accuseOfDrop(read, receipt);
  if (!proof.ok) return { judgement: unproven(proof.code, meaning[proof.code]) };
  return convicting(await judgeDrop(proof.value), proof.value);
}

const meaning = {
  receipt_malformed: 'the receipt cannot be read',
  receipt_ahead: 'the log is not that long yet: withheld is no proof',
  receipt_kept: 'the log holds exactly what was receipted',
} as const;

function convicting(judgement: Judgement, proof: DropProof | DelayProof): WordsJudgement {
  return judgement.verdict === 'convicts' ? { judgement, proof } : { judgement };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
