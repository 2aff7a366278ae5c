/** `pnpm dev`: the app with hot reload on 5173, and behind it a server that restarts when its sources change. */
import { type ChildProcess, spawn } from 'node:child_process';

const port = process.env.FAIRGROUND_PORT ?? '8081';
const env = { ...process.env, FAIRGROUND_PORT: port };

const children: readonly ChildProcess[] = [
  spawn('node', ['--watch', 'packages/cli/src/main.ts', 'start'], {
    stdio: 'inherit',
    env: { ...env, PORT: port },
  }),
  spawn('vite', ['dev', ...process.argv.slice(2)], { stdio: 'inherit', env }),
];

function stopAll(): void {
  for (const child of children) child.kill('SIGTERM');
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stopAll);
// Either one alone is of no use.
for (const child of children) child.on('exit', stopAll);
