/** `fairground start`, `relay`, `authority`, `witness`: the servers, together or each alone. */
import type { Command } from 'commander';

/** Async, because only the help of a server needs to load what describes its variables. */
export async function addServers(program: Command, args: readonly string[]): Promise<void> {
  const isAsked = (name: string) =>
    args.includes(name) && args.some((arg) => arg === '--help' || arg === '-h' || arg === 'help');
  const help = async (name: string) =>
    isAsked(name) ? (await import('../server/serverHelp.ts')).serverHelp(name) : '';
  program
    .command('start')
    .description('Relay, authority and app in one process on one port (PORT, default 8080).')
    .addHelpText('after', await help('start'))
    .action(async () => (await import('../server/start.ts')).start(process.env));
  program
    .command('relay')
    .description('The relay alone: moves and keeps bytes; authorities dial it.')
    .addHelpText('after', await help('relay'))
    .action(async () => (await import('../server/startRelay.ts')).startRelay(process.env));
  program
    .command('witness')
    .description("A witness alone: cosigns the checkpoints of other people's authorities (WITNESS_LOGS).")
    .addHelpText('after', await help('witness'))
    .action(async () => (await import('../server/startWitness.ts')).startWitness(process.env));
  program
    .command('authority')
    .description('The authority alone: dials the relay at RELAY_URL, also from behind a home router.')
    .addHelpText('after', await help('authority'))
    .action(async () => (await import('../server/startAuthority.ts')).startAuthority(process.env));
}
