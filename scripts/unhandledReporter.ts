/** Writes what broke beside vitest's tests to `test-results/unhandled.json`: its JSON report says nothing of that. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = new URL('../test-results', import.meta.url).pathname;

interface Fault {
  readonly message: string;
  readonly stack?: string;
}

// Vitest takes a reporter by its file's default.
// oxlint-disable-next-line import/no-default-export
export default class UnhandledReporter {
  onTestRunEnd(_files: unknown, faults: readonly Fault[]): void {
    const file = join(folder, 'unhandled.json');
    rmSync(file, { force: true });
    if (faults.length === 0) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(faults.map(({ message, stack = '' }) => `${message}\n${stack}`)));
  }
}
