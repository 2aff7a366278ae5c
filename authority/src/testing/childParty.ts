/** The parent's side of an authority in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { HelloFrame, LinkPort } from '@fairground/protocol';
import { games } from '@fairground/rules';
import { vi } from 'vitest';
import type * as Y from 'yjs';
import type { Doom } from './doom.ts';
import { type Table, followTail } from './party.ts';
import { createRelayEnd } from './relayEnd.ts';

export interface ChildParty extends Table {
  readonly hello: HelloFrame;
  /** True once the process has ended. */
  readonly isGone: boolean;
  /** As the kernel does it when memory runs out: nothing is closed. */
  kill(): Promise<void>;
}

export async function startChild(
  dataDir: string,
  lockDir: string,
  docs: Map<string, Y.Doc>,
  doom?: Doom,
): Promise<ChildParty> {
  const args = [dataDir, lockDir, ...(doom ? [JSON.stringify(doom)] : [])];
  const child = fork(new URL('./childAuthority.ts', import.meta.url), args, {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  const relay = createRelayEnd(portTo(child), docs);
  const hello = await vi.waitUntil(() => relay.frames.find((frame) => frame.t === 'hello'), {
    timeout: 60_000,
  });
  return {
    relay,
    hello,
    get isGone() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    settle: () => vi.waitUntil(() => relay.unanswered === 0, { timeout: 60_000 }).then(() => {}),
    send: (device, world, kind, body = {}) =>
      relay.send('intent', device.intent(world, kind, body as never), world),
    follow: (world) => followTail(relay, world, games),
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

function portTo(child: ChildProcess): LinkPort {
  return {
    send: (frame) => void (child.connected && child.send(frame as never)),
    onFrame: (listener) => void child.on('message', (frame) => listener(new Uint8Array(frame as never))),
    onClose: (closer) => void child.on('exit', closer),
    close: () => child.disconnect(),
  };
}
