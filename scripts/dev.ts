/** `pnpm dev`: the app with hot reload on 5173, and behind it a server that restarts when its sources change. */
import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { parseArgs } from 'node:util';

const port = process.env.FAIRGROUND_PORT ?? '8081';
const env = { ...process.env, FAIRGROUND_PORT: port };
const args = process.argv.slice(2);
const { values } = parseArgs({ args, strict: false, options: { port: { type: 'string' } } });
// Devices sign sessions for the address they dialled, and that is Vite's.
const address = `localhost:${typeof values.port === 'string' ? values.port : '5173'}`;
const names = [process.env.RELAY_NAMES, address].filter(Boolean).join(',');
let stopping = false;

const vite = spawn('vite', ['dev', ...args], { stdio: 'inherit', env });
let server = startServer();

function startServer(): ChildProcess {
  return spawn('fairground', ['start'], {
    stdio: 'inherit',
    env: { ...env, PORT: port, RELAY_NAMES: names },
  });
}

function stopAll(): void {
  stopping = true;
  for (const child of [vite, server]) child.kill('SIGTERM');
}

/** Ends the old server before the new one takes its port and its data. */
function restart(): void {
  if (stopping) return;
  process.stdout.write('dev: sources changed, the server starts again\n');
  const old = server;
  const begin = () => {
    if (!stopping) server = startServer();
  };
  if (old.exitCode !== null) return begin();
  old.once('exit', begin);
  old.kill('SIGTERM');
}

// `node --watch` would talk to the store's worker threads through the store's own channel.
let pending: NodeJS.Timeout | undefined;
for (const folder of ['packages', 'relay', 'authority']) {
  watch(folder, { recursive: true }, (_event, file) => {
    if (!file?.endsWith('.ts') || file.endsWith('.test.ts') || file.includes('node_modules')) return;
    clearTimeout(pending);
    pending = setTimeout(restart, 200);
  });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopAll();
    process.exit(0);
  });
}
vite.on('exit', stopAll);
