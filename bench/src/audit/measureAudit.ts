/** What a full offline audit of a file costs here (Node or a page), beside the floor: decoding and hashing its entries alone. */
import {
  type Aside,
  type Bytes,
  bundlesForSize,
  decodeEntryBundle,
  leafHash,
  merkleRoot,
  tilePath,
  unwrap,
  verify,
  zipSource,
} from '@fairground/ledger';
import { games } from '@fairground/rules';
import { decode } from 'cborg';
import { timed } from '../median.ts';

export interface AuditTimes {
  readonly auditMs: number;
  readonly floorMs: number;
}

/**
 * After a run over a small file, in both threads, so that no code is measured cold; the large file's keys are new to this process. What a
 * person waits for is measured: the second thread is asked for files from its usual size on.
 */
export async function measureAudit(large: Bytes, small: Bytes, aside: Aside): Promise<AuditTimes> {
  for (let i = 0; i < 3; i++) await measureOnce(small, { ...aside, from: 0 });
  return measureOnce(large, aside);
}

async function measureOnce(bundle: Bytes, aside: Aside): Promise<AuditTimes> {
  const entries = await entriesOf(bundle);
  const floorMs = await timed(async () => floor(entries));
  return { floorMs, auditMs: await timed(() => audit(bundle, aside)) };
}

async function audit(bundle: Bytes, aside: Aside): Promise<void> {
  const report = await verify(unwrap(zipSource(bundle)), { games, level: 'full', aside });
  if (report.failure) throw new Error(`the audit failed: ${report.failure.code}`);
}

function floor(entries: readonly Bytes[]): Bytes {
  for (const entry of entries) decode(entry);
  return merkleRoot(entries.map(leafHash));
}

async function entriesOf(bundle: Bytes): Promise<readonly Bytes[]> {
  const source = unwrap(zipSource(bundle));
  const checkpoint = new TextDecoder().decode(await source.read('checkpoint'));
  const entries: Bytes[] = [];
  for (const { level, n, width } of bundlesForSize(Number(checkpoint.split('\n')[1]))) {
    const bytes = await source.read(tilePath(level, n, width));
    if (bytes) entries.push(...unwrap(decodeEntryBundle(bytes)));
  }
  return entries;
}
