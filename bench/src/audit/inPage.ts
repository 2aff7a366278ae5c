/** The same measurement in a page; the files come from its own address. */
import { measureAudit } from './measureAudit.ts';

const measured = measureAudit(await bytesOf('/large.fair'), await bytesOf('/small.fair'));
Object.assign(globalThis, { measured });

async function bytesOf(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(path)).arrayBuffer());
}
