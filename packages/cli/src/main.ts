#!/usr/bin/env node
/** The `fairground` command. */
import { Command } from 'commander';
import { addExport } from './commands/export.ts';
import { addFsck } from './commands/fsck.ts';
import { addImport } from './commands/import.ts';
import { addKeys } from './commands/keys.ts';
import { addQuestions } from './commands/questions.ts';
import { addReplay } from './commands/replay.ts';
import { addResults } from './commands/results.ts';
import { addServers } from './commands/servers.ts';
import { addSimulate } from './commands/simulate.ts';
import { addSuccessor } from './commands/successor.ts';
import { addVerify } from './commands/verify.ts';
import { CommandFailure } from './failure.ts';

const program = new Command('fairground')
  .description('Party games whose results anybody can verify offline.')
  .showHelpAfterError('(see fairground --help)')
  .exitOverride();

// Whoever reads our output may stop reading: `fairground questions export | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

await addServers(program, process.argv.slice(2));
for (const add of [
  addImport,
  addQuestions,
  addExport,
  addVerify,
  addReplay,
  addResults,
  addFsck,
  addSimulate,
  addKeys,
  addSuccessor,
])
  add(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = toExitCode(error);
}

function toExitCode(error: unknown): number {
  if (error instanceof CommandFailure) {
    process.stderr.write(`fairground: ${error.message}\n`);
    return error.exitCode;
  }
  // commander has already printed what was wrong with the words of the command.
  if (
    error instanceof Error &&
    'exitCode' in error &&
    'code' in error &&
    String(error.code).startsWith('commander.')
  )
    return error.exitCode === 0 ? 0 : 2;
  throw error;
}
