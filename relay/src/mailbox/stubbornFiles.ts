/** Log files whose newest checkpoints are stored in the end: of a world that is closed nobody would bring the last one again. */
import type { WorldId } from '@fairground/protocol';
import type { Clock } from '../ports.ts';
import type { FileStore, LogFile } from '../store/ports.ts';

const retryMs = 1000;

/** Rejects as the store does; a checkpoint that could not be stored is tried again behind the caller's back. */
export function stubbornFiles(files: FileStore, clock: Clock): FileStore {
  const owed = new Map<WorldId, LogFile>();
  let isWaiting = false;

  async function put(batch: readonly LogFile[]): Promise<void> {
    const newest = batch.filter(({ path }) => path === 'checkpoint');
    for (const file of newest) owed.set(file.world, file);
    try {
      await files.put(batch);
      for (const file of newest) if (owed.get(file.world) === file) owed.delete(file.world);
    } catch (fault) {
      wake();
      throw fault;
    }
  }

  function wake(): void {
    if (isWaiting || owed.size === 0) return;
    isWaiting = true;
    clock.setTimer(retryMs, () => {
      isWaiting = false;
      // What fails again waits again.
      put([...owed.values()]).catch(() => {});
    });
  }

  return { ...files, put };
}
