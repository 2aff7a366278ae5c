/** Plans the successor of a world whose end is lost, and says what that means. */
import { openSuccessor, readAuthorityConfig } from '@fairground/authority';
import {
  type LostEnd,
  type SignedPair,
  bytesToBase32,
  checkpointIn,
  maxWordsLength,
  parseGenesis,
  parseWords,
} from '@fairground/ledger';
import { parseWorldId, worldBytes } from '@fairground/protocol';
import { readFileAtMost } from '../boundedFile.ts';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';
import { bold, counted, print, printJson } from '../terminal/print.ts';

export interface EndWish {
  readonly receipts?: readonly string[];
  readonly json?: true;
}

type Environment = Readonly<Record<string, string | undefined>>;

export async function endWorld(environment: Environment, id: string, wish: EndWish): Promise<void> {
  const config = readAuthorityConfig(environment);
  if (!config.ok) throw new CommandFailure(config.message ?? config.code);
  const world = parseWorldId(id);
  if (!world.ok) throw new CommandFailure(`${id} is no world id: it has 52 letters and digits.`);
  const receipts = (await Promise.all((wish.receipts ?? []).map(readReceipts))).flat();
  const plan = await openSuccessor(config.value, worldBytes(world.value), receipts).catch(
    (fault: unknown) => {
      throw new CommandFailure(messageOf(fault));
    },
  );
  if (!plan.ok) throw new CommandFailure(`${plan.message ?? plan.code}.`, 1);
  const genesis = parseGenesis(plan.value.genesis);
  const parent = genesis.ok ? genesis.value.parent : undefined;
  const from = (parent && checkpointIn(parent.checkpoint)?.size) ?? 0;
  const said = { world: id, successor: bytesToBase32(plan.value.world), from, lost: parent?.lost };
  if (wish.json) printJson(toJson(said));
  else print(describe(said));
}

/** Whatever else the file says: what is held against a log is for `verify`. */
async function readReceipts(file: string): Promise<readonly SignedPair[]> {
  const bytes = await readFileAtMost(file, maxWordsLength).catch((fault: unknown) => {
    throw new CommandFailure(messageOf(fault));
  });
  const words = bytes && parseWords(new TextDecoder().decode(bytes));
  if (!words?.ok) throw new CommandFailure(`${file} holds no receipts.`);
  return words.value.flatMap(({ receipt }) => receipt ?? []);
}

interface Said {
  readonly world: string;
  readonly successor: string;
  readonly from: number;
  readonly lost: LostEnd | undefined;
}

function toJson({ world, successor, from, lost }: Said) {
  const receipts = (lost?.receipts ?? []).map(({ index }) => index);
  return { world, successor, from, to: lost?.size ?? from, receipts };
}

function describe({ world, successor, from, lost }: Said): string {
  const [size, named] = [lost?.size ?? from, lost?.receipts.length ?? 0];
  return [
    `${bold('The successor is planned')}: ${successor}`,
    `  It goes on from ${world}, of which the entries ${from} to ${size - 1} are lost.`,
    `  ${counted(named, 'receipt')} for them are named as void in its first entry.`,
    'Start the authority: it begins in the same room, and the lost match is never signed again.',
  ].join('\n');
}
