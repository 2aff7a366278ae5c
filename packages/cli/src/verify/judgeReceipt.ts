/** What somebody was told of an intent, held against a log: was it kept, dropped, or held back? */
import { writeFile } from 'node:fs/promises';
import {
  type AnyGame,
  type Bytes,
  err,
  formatFaultProof,
  type Judgement,
  judgeWords,
  keyAfter,
  logVkey,
  maxWordsLength,
  originOf,
  parseGenesis,
  parseWords,
  worldIdOf,
} from '@fairground/ledger';
import { readFileAtMost } from '../boundedFile.ts';
import { CommandFailure } from '../failure.ts';
import { readLog } from './readLog.ts';

export interface ReceiptWish {
  readonly games: readonly AnyGame[];
  /** Relays whose word counts. */
  readonly relays: readonly Bytes[];
  /** Where a proof is written, if there is one. */
  readonly out: string | undefined;
}

export async function judgeReceipt(place: string, file: string, wish: ReceiptWish): Promise<Judgement> {
  const bytes = await readFileAtMost(file, maxWordsLength);
  const words = bytes ? parseWords(new TextDecoder().decode(bytes)) : err('words_too_large');
  if (!words.ok) throw new CommandFailure(`${file} holds no receipt or sighting (${words.code}).`);
  const { entries, checkpoint } = await readLog(place);
  const [genesisBytes = new Uint8Array(0)] = entries;
  const genesis = parseGenesis(genesisBytes);
  if (!genesis.ok) throw new CommandFailure(`${place} does not begin with a genesis (${genesis.code}).`);
  const { name, key } = genesis.value.authority;
  const world = worldIdOf(genesisBytes);
  const signer = keyAfter({ opening: { world }, size: 0, authorityKey: key }, entries);
  const vkey = logVkey(originOf(name, world), signer);
  const { judgement, proof } = await judgeWords({ vkey, entries, checkpoint }, words.value, wish);
  if (proof && wish.out !== undefined) await writeFile(wish.out, formatFaultProof(proof));
  return judgement;
}
