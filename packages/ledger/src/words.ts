/** What a sender was told of its intents, as a file: the authority's receipts, the relay's sightings; held against a log they prove a drop or a delay. */
import { type ReadLogOf, accuseOfDrop } from './accuse.ts';
import type { Bytes } from './bytes.ts';
import { type DelayProof, judgeDelay, makeDelayProof } from './delay.ts';
import { type DropProof, judgeDrop } from './drop.ts';
import { hashReaderOf } from './merkleProof.ts';
import { leafHash } from './merkle.ts';
import { type Judgement, unproven } from './judgement.ts';
import type { AnyGame } from './replayable.ts';
import { type Result, err, ok } from './result.ts';
import { isText, listOf, literal, optional, shape } from './shape.ts';
import { type SignedPair, type SignedPairJson, pairFromJson, pairToJson } from './signedPair.ts';
import type { Vkey } from './vkey.ts';

/** Of one intent. */
export interface Words {
  readonly intent: SignedPair;
  readonly receipt?: SignedPair;
  readonly seen?: SignedPair;
}

interface WordsJson {
  readonly intent: SignedPairJson;
  readonly receipt?: SignedPairJson;
  readonly seen?: SignedPairJson;
}

interface WordsFile {
  readonly kind: 'words';
  /** Of one device in one world, in the order of its intents. */
  readonly words: readonly WordsJson[];
}

const isPair = shape<SignedPairJson>({ bytes: isText, sig: isText });
const isWords = shape<WordsFile>({
  kind: literal('words'),
  words: listOf(shape<WordsJson>({ intent: isPair, receipt: optional(isPair), seen: optional(isPair) })),
});

/** An intent of the largest size, with both words on it, is 11 KiB of text. */
export const maxWordsLength = 16 * 2 ** 20;

export function formatWords(words: readonly Words[]): string {
  const file: WordsFile = {
    kind: 'words',
    words: words.map(({ intent, receipt, seen }) => ({
      intent: pairToJson(intent),
      ...(receipt && { receipt: pairToJson(receipt) }),
      ...(seen && { seen: pairToJson(seen) }),
    })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Form only. */
export function parseWords(text: string): Result<readonly Words[], 'words_malformed'> {
  const file = text.length <= maxWordsLength ? parseJson(text) : undefined;
  if (!isWords(file)) return err('words_malformed');
  const words = file.words.map(readOne);
  return words.every((one) => one !== undefined) ? ok(words) : err('words_malformed');
}

function readOne(json: WordsJson): Words | undefined {
  const [intent, receipt, seen] = [json.intent, json.receipt, json.seen].map((pair) =>
    pair === undefined ? undefined : pairFromJson(pair),
  );
  if (!intent?.ok || receipt?.ok === false || seen?.ok === false) return undefined;
  return {
    intent: intent.value,
    ...(receipt && { receipt: receipt.value }),
    ...(seen && { seen: seen.value }),
  };
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

/** A log with the hashes of its leaves, which are made once. */
type HashedLog = WordsLog & Pick<ReadLogOf, 'hashes'>;

/** The first that convicts; else the first that was not kept, or of which nothing is known; `receipt_kept` if all is well. */
export async function judgeWords(
  log: WordsLog,
  words: readonly Words[],
  known: { readonly games: readonly AnyGame[]; readonly relays: readonly Bytes[] },
): Promise<WordsJudgement> {
  const hashed = { ...log, hashes: hashReaderOf(log.entries.map(leafHash)) };
  let worst: WordsJudgement | undefined;
  for (const one of words) {
    const judged = await judgeOne(hashed, one, known);
    if (judged.proof) return judged;
    if (!worst || worst.judgement.code === 'receipt_kept') worst = judged;
  }
  return worst ?? { judgement: unproven('no_word', 'nothing is in the file') };
}

/** The receipt first: a broken one needs nobody else's word. */
async function judgeOne(
  log: HashedLog,
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

async function judgeReceipt(log: HashedLog, receipt: SignedPair): Promise<WordsJudgement> {
  const { vkey, entries, checkpoint, hashes } = log;
  const lastEntry = entries.at(-1) ?? new Uint8Array(0);
  const proof = await accuseOfDrop({ vkey, checkpoint, size: entries.length, hashes, lastEntry }, receipt);
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
