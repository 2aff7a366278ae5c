/** A proof of a fault as a file: does it convict, and whom? */
import { readFile } from 'node:fs/promises';
import { type AnyGame, type Bytes, type Judgement, judgeFault, parseFaultProof } from '@fairground/ledger';
import { CommandFailure } from '../failure.ts';
import { bold, dim, red, yellow } from '../terminal/print.ts';

export async function judgeProof(
  file: string,
  games: readonly AnyGame[],
  relays: readonly Bytes[],
): Promise<Judgement> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw new CommandFailure(`${file} cannot be read.`);
  const proof = parseFaultProof(text);
  if (!proof.ok) throw new CommandFailure(`${file} is no proof of a fault (${proof.code}).`);
  return judgeFault(proof.value, games, relays);
}

export function describeJudgement(judgement: Judgement): string {
  if (judgement.verdict === 'unproven') {
    const { code, message } = judgement;
    const why = message === '' ? code : `${message} (${code})`;
    return `${yellow('?')} ${bold('Proves nothing')}, against nobody: ${why}`;
  }
  const { against, vkey, code, index } = judgement;
  const who = against === 'authority' ? 'the authority' : 'the relay or the authority';
  const where = index === null ? '' : ` at entry ${index}`;
  return `${red('!')} ${bold('Convicts')} ${who} of ${code}${where}\n  ${dim(vkey)}`;
}
