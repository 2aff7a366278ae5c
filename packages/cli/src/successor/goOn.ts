/** Plans the match that goes on from one of another authority, which is lost for good and named this one; and opens what lay sealed there. */
import { writeFile } from 'node:fs/promises';
import { type Inheritance, openInheritance, readAuthorityConfig } from '@fairground/authority';
import {
  type Bytes,
  bytesToBase32,
  bytesToBase64url,
  checkpointIn,
  decodeEntry,
  ESCROW_FILE,
  isBytes,
  keyToDid,
  parseIntent,
  verify,
} from '@fairground/ledger';
import { parseWorldId } from '@fairground/protocol';
import { games } from '@fairground/rules';
import { readFileAtMost } from '../boundedFile.ts';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';
import { readEntries, readMember } from '../replay/load.ts';
import { bold, counted, print, printJson } from '../terminal/print.ts';
import { exitCodeOf } from '../verify/describe.ts';
import { openSource } from '../verify/source.ts';

export interface GoOnWish {
  readonly log: string;
  readonly escrow?: string;
  readonly opened?: string;
  readonly json?: true;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A file for as many successors as a genesis may name is far smaller. */
const MAX_ESCROW = 64 * 1024;

export async function goOn(environment: Environment, id: string, wish: GoOnWish): Promise<void> {
  const config = readAuthorityConfig(environment);
  if (!config.ok) throw new CommandFailure(config.message ?? config.code);
  if (!parseWorldId(id).ok) throw new CommandFailure(`${id} is no world id: it has 52 letters and digits.`);
  const estate = await readEstate(id, wish);
  const planned = await openInheritance(config.value, estate).catch((fault: unknown) => {
    throw new CommandFailure(messageOf(fault));
  });
  if (!planned.ok) throw new CommandFailure(`${planned.message ?? planned.code}.`, 1);
  const { plan, opened } = planned.value;
  const lots = opened.map((lot) => lotToJson(lot, estate.entries));
  if (wish.opened !== undefined) await save(wish.opened, JSON.stringify({ world: id, lots }, undefined, 2));
  const answers = opened.reduce((sum, { openings }) => sum + openings.length, 0);
  const said = {
    ...{ world: id, successor: bytesToBase32(plan.world), code: plan.room.code },
    ...{ from: checkpointIn(estate.checkpoint)?.size ?? 0, answers },
  };
  if (wish.json) printJson(said);
  else print(describe(said, wish));
}

/** All that is held of the match, checked in full, and what was left in escrow for its successors. */
async function readEstate(id: string, { log, escrow }: GoOnWish) {
  const opened = await openSource(log);
  if (!opened.ok) throw new CommandFailure(`${log} is damaged (${opened.code}).`, 1);
  const report = await verify(opened.value, { games, level: 'full', anchors: [id] });
  if (report.failure) {
    const { message, code } = report.failure;
    const exit = exitCodeOf(report) === 2 ? 2 : 1;
    throw new CommandFailure(`${log} is not the valid log of ${id}: ${message} (${code}).`, exit);
  }
  const sealed =
    escrow === undefined
      ? await opened.value.read(ESCROW_FILE)
      : await readFileAtMost(escrow, MAX_ESCROW).catch((fault: unknown) => {
          throw new CommandFailure(messageOf(fault));
        });
  if (!sealed)
    throw new CommandFailure(
      `There is nothing in escrow at ${log}: give the file with --escrow. Relays and mirrors serve it as log/${id}/escrow.`,
    );
  const checkpoint = await readMember(opened.value, 'checkpoint');
  return { checkpoint, entries: await readEntries(opened.value, checkpoint), escrow: sealed };
}

/** In the words of the log's entry, so that anybody can hash each value to the commit that the player signed. */
function lotToJson(
  { lot, sk, openings, void: unopened }: Inheritance['opened'][number],
  entries: readonly Bytes[],
) {
  const rows = openings.map(({ index, nonce, value }) => ({
    ...{ index, player: playerOf(entries[index]), nonce: bytesToBase64url(nonce) },
    value: toPlain(value),
  }));
  return { lot, sk: bytesToBase64url(sk), openings: rows, void: unopened };
}

function playerOf(bytes: Bytes | undefined): string | null {
  const entry = bytes && decodeEntry(bytes);
  const intent = entry?.ok && entry.value.kind === 'intent' ? parseIntent(entry.value.bytes) : undefined;
  return intent?.ok ? keyToDid(intent.value.key) : null;
}

function toPlain(value: unknown): unknown {
  if (isBytes(value)) return bytesToBase64url(value);
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toPlain(field)]));
}

async function save(file: string, text: string): Promise<void> {
  await writeFile(file, `${text}\n`).catch((fault: unknown) => {
    throw new CommandFailure(`${file} cannot be written: ${messageOf(fault)}.`);
  });
}

interface Said {
  readonly world: string;
  readonly successor: string;
  readonly code: string | null;
  readonly from: number;
  readonly answers: number;
}

function describe({ world, successor, code, from, answers }: Said, { opened }: GoOnWish): string {
  const left = `${counted(answers, 'sealed answer')} of it could be opened`;
  return [
    `${bold('The match that goes on is planned')}: ${successor}`,
    `  It goes on from ${world} after ${counted(from, 'entry', 'entries')}, which this authority was named to do.`,
    opened === undefined ? `  ${left}: --opened <file> writes them.` : `  ${left}: they are in ${opened}.`,
    `Start the authority: it begins in a new room with the code ${code ?? '-'}; its host is the same person.`,
  ].join('\n');
}
