/** A proof of a fault as a file: does it convict, and whom? */
import {
  type AnyGame,
  type Bytes,
  type Judgement,
  judgeFault,
  maxFaultProofLength,
  parseFaultProof,
} from '@fairground/ledger';
import { readFileAtMost } from '../boundedFile.ts';
import { CommandFailure } from '../failure.ts';
import { bold, dim, green, red, yellow } from '../terminal/print.ts';
import { readLog } from './readLog.ts';

export interface Known {
  readonly games: readonly AnyGame[];
  /** Relays whose word counts. */
  readonly relays: readonly Bytes[];
  /** Where the log is, for a proof that does not bring its entries. */
  readonly place?: string | undefined;
}

/** Throws a `CommandFailure` for a file that is too large for any proof. */
export async function readProof(file: string): Promise<Bytes> {
  const bytes = await readFileAtMost(file, maxFaultProofLength);
  if (!bytes) throw new CommandFailure(`${file} is no proof of a fault (proof_too_large).`);
  return bytes;
}

export async function judgeProof(
  file: string,
  bytes: Bytes,
  { games, relays, place }: Known,
): Promise<Judgement> {
  const proof = parseFaultProof(new TextDecoder().decode(bytes));
  if (!proof.ok) throw new CommandFailure(`${file} is no proof of a fault (${proof.code}).`);
  const log = place === undefined ? undefined : (await readLog(place)).entries;
  return judgeFault(proof.value, games, relays, log);
}

export function describeJudgement(judgement: Judgement): string {
  if (judgement.verdict === 'unproven') {
    const { code, message } = judgement;
    if (code === 'receipt_kept') return `${green('✓')} ${bold('Kept')}: ${message} ${dim(`(${code})`)}`;
    const why = message === '' ? code : `${message} (${code})`;
    return `${yellow('?')} ${bold('Proves nothing')}, against nobody: ${why}`;
  }
  const { against, vkey, code, index } = judgement;
  const who = against === 'authority' ? 'the authority' : 'the relay or the authority';
  const where = index === null ? '' : ` at entry ${index}`;
  return `${red('!')} ${bold('Convicts')} ${who} of ${code}${where}\n  ${dim(vkey)}`;
}
