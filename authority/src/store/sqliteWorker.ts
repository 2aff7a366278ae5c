/** The thread that waits for the disk: one log in SQLite, calls in the order of their arrival. */
import { workerData } from 'node:worker_threads';
import { answerCalls } from '../worker/answer.ts';
import { openLog } from './openLog.ts';
import { logReads } from './sqliteReads.ts';
import { logWrites } from './sqliteWrites.ts';

const { folder } = workerData as { readonly folder: string };
const db = openLog(folder);
answerCalls({ ...logReads(db), ...logWrites(db), close: () => db.close() });
