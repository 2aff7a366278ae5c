/** Notices that somebody imports questions beside a running server. */
import { watch } from 'node:fs';
import { authorityFolder } from '@fairground/authority';

/** A file changes many times in one import. */
const SETTLE_MS = 500;

/** Calls `changed` after the bank's files changed; the result stops it. */
export function watchBank(dataDir: string, changed: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(authorityFolder(dataDir), (_, file) => {
    if (file?.startsWith('bank.sqlite') !== true) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      // An authority that is ending has closed its bank, and nobody asks any more.
      changed().catch(() => {});
    }, SETTLE_MS);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
