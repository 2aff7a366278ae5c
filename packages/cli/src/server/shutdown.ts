/** Ends a server once, cleanly, and in under two seconds whatever hangs. */
import { messageOf } from '../failureText.ts';

const PATIENCE_MS = 1_700;

/** SIGINT and SIGTERM call `close`; then the process ends with 0. */
export function closeOnSignal(close: () => Promise<void>): void {
  let isClosing = false;
  const end = () => {
    if (isClosing) return;
    isClosing = true;
    setTimeout(() => process.exit(0), PATIENCE_MS).unref();
    void close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`fairground: ending was not clean: ${messageOf(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}
