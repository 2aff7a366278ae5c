/** The `fairground` command in a process of its own, as an operator runs it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

const command = new URL('../../../node_modules/.bin/fairground', import.meta.url).pathname;

export type Environment = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Command {
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  readonly ended: Promise<Ended>;
  readonly isGone: boolean;
  /** Resolves with what stdout holds when it fits; rejects when the process ends before. */
  says(pattern: RegExp): Promise<string>;
  /** Resolves when it has ended. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

/** `wrapper` is put before it: a program that runs what follows. */
export function launch(args: readonly string[], env: Environment, wrapper: readonly string[] = []): Command {
  const [program = command, ...rest] = [...wrapper, command, ...args];
  const child = spawn(program, rest, {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out = gather(child.stdout);
  const errors = gather(child.stderr);
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }) as Ended);
  return {
    pid: child.pid ?? 0,
    ended,
    stdout: out,
    stderr: errors,
    get isGone() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    says: (pattern) => said(child, pattern, () => [out(), errors()]),
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** A command that ends by itself. */
export async function run(
  args: readonly string[],
  env: Environment,
): Promise<Ended & { readonly stdout: string; readonly stderr: string }> {
  const running = launch(args, env);
  const ended = await running.ended;
  return { ...ended, stdout: running.stdout(), stderr: running.stderr() };
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

function said(child: Child, pattern: RegExp, texts: () => readonly [string, string]): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const [out] = texts();
      if (pattern.test(out)) resolve(out);
    };
    child.stdout.on('data', look);
    child.once('close', (code) =>
      reject(new Error(`ended with ${code} before ${pattern}: ${texts().join('')}`)),
    );
    look();
  });
}

function gather(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}
