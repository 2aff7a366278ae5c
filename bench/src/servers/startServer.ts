/** Starts one of the servers in its own process and reads its CPU time from there. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Kind, Opened } from './opened.ts';

export interface RunningServer extends Opened {
  readonly kind: Kind;
  readonly pid: number;
  /** CPU ms used so far, all threads. */
  cpuMs(): Promise<number>;
  stop(): Promise<void>;
}

const script = new URL('./main.ts', import.meta.url);

export async function startServer(kind: Kind, rooms: number): Promise<RunningServer> {
  const child = fork(script, [kind, String(rooms)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const opened = (await told(child)) as Opened;
  return {
    kind,
    pid: child.pid ?? 0,
    ...opened,
    async cpuMs() {
      child.send('cpu');
      return (await told(child)) as number;
    },
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function told(child: ChildProcess): Promise<unknown> {
  const gone = new AbortController();
  const left = once(child, 'exit', { signal: gone.signal }).then(
    () => Promise.reject(new Error('the server ended')),
    () => undefined,
  );
  const [message]: unknown[] = (await Promise.race([once(child, 'message'), left])) as unknown[];
  gone.abort();
  return message;
}
