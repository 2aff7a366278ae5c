/** The thread that unpacks strangers' pictures: one that takes for ever is ended with it. */
import { parentPort } from 'node:worker_threads';
import type { ToRecode } from './createRecoder.ts';
import { recode } from './recode.ts';

parentPort?.on('message', ({ bytes, name }: ToRecode) => {
  recode(bytes, name).then(
    (made) => parentPort?.postMessage(made),
    // A codec that has trapped is in no state to go on.
    () => process.exit(1),
  );
});
