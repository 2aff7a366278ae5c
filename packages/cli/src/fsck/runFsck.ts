/** Runs the authority's own proof of a data folder and says what it found. */
import { resolve } from 'node:path';
import { fsck, type FsckReport, readAuthorityConfig } from '@fairground/authority';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';
import { bold, counted, dim, green, print, printJson, red } from '../terminal/print.ts';

export async function runFsck(folder: string | undefined, { json }: { readonly json?: true }): Promise<void> {
  const config = readAuthorityConfig(process.env);
  if (!config.ok) throw new CommandFailure(config.message ?? config.code);
  const dataDir = resolve(folder ?? config.value.dataDir);
  const report = await fsck({ dataDir, lockDir: config.value.lockDir }).catch((fault: unknown) => {
    throw new CommandFailure(messageOf(fault));
  });
  if (json) printJson(report);
  else print(describe(report, dataDir));
  if (!report.ok) process.exitCode = 1;
}

function describe({ ok, worlds, entries, faults, notes }: FsckReport, dataDir: string): string {
  const found = `${counted(worlds, 'world')} with ${counted(entries, 'entry', 'entries')} in ${dataDir}`;
  const head = ok ? `${green('✓')} ${bold('Sound')}: ${found}` : `${red('✗')} ${bold('Not sound')}: ${found}`;
  const lines = faults.map(({ world, code, index, message }) => {
    const place = [world ?? 'the folder', ...(index === null ? [] : [`entry ${index}`])].join(', ');
    return `  ${red('✗')} ${place}: ${message} ${dim(`(${code})`)}`;
  });
  return [head, ...lines, ...notes.map((note) => `  ${dim(note)}`)].join('\n');
}
