/** Runs the real command as a person would, for tests. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

const main = new URL('../main.ts', import.meta.url).pathname;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = { readonly [name: string]: string };

export async function run(args: readonly string[], env: Environment = {}): Promise<Finished> {
  const running = launch(args, env);
  const code = await running.ended;
  return { code, stdout: running.stdout(), stderr: running.stderr() };
}

/** The only line of stdout, parsed. */
export async function runJson(
  args: readonly string[],
  env: Environment = {},
): Promise<Finished & { readonly json: unknown }> {
  const finished = await run(args, env);
  return { ...finished, json: JSON.parse(finished.stdout) as unknown };
}

export interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  stdout(): string;
  stderr(): string;
  /** Its exit code, once it has ended by itself or otherwise. */
  readonly ended: Promise<number | null>;
  /** Resolves when stdout has this; rejects when the process ends before. */
  says(text: string): Promise<void>;
  /** The exit code, and how many ms it took to end after the signal. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly ms: number }>;
}

export function launch(args: readonly string[], env: Environment = {}): Running {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    ended,
    stdout: () => out,
    stderr: () => errors,
    says(text) {
      return new Promise((resolve, reject) => {
        const look = () => out.includes(text) && resolve();
        child.stdout.on('data', look);
        child.once('close', (code) =>
          reject(new Error(`ended with ${code} before it said "${text}": ${out}${errors}`)),
        );
        look();
      });
    },
    async end(signal) {
      const began = performance.now();
      child.kill(signal);
      return { code: await ended, ms: performance.now() - began };
    },
  };
}
