/**
 * What a second thread checks of a `.fair` file while the first runs the rules: checksums, tree, commitments, openings, keys and signatures.
 * It blames nobody: where anything is wrong the whole is done again in one thread, which says what.
 */
import { type Audit, auditEntry, auditSignatures, createAudit } from './audit.ts';
import { bundleNames } from './bundle.ts';
import { type BundleSource, zipSource } from './bundleSource.ts';
import type { Bytes } from './bytes.ts';
import { decodeEntry } from './entryCodec.ts';
import { parseGenesis, worldIdOf } from './genesis.ts';
import { bytesToHex } from './hex.ts';
import { parseIntent } from './intent.ts';
import { leafHash } from './merkle.ts';
import { entryBundlePath, tileWidth } from './tiles.ts';
import { createTreeCheck } from './treeCheck.ts';
import { readClaim } from './verifyCheckpoint.ts';
import { bundlesOf, splitBundle } from './verifyLog.ts';
import { needMember, readMember } from './verifyMembers.ts';
import { Verdict } from './verifyReport.ts';

/** That all of it is as it should be, and what there was; every signature is by a key that is acceptable. */
export interface AsideWord {
  readonly root: Bytes;
  readonly commitments: number;
  readonly openings: number;
  readonly signatures: number;
}

/** A second thread. */
export interface Aside {
  /** Bytes of a file from which on it is worth starting. */
  readonly from: number;
  /** What `checkAside` says there; rejects if the thread is gone. */
  check(file: Bytes): Promise<AsideWord | undefined>;
}

/** Undefined if anything is wrong. Never rejects for what a file holds. */
export async function checkAside(file: Bytes): Promise<AsideWord | undefined> {
  const source = zipSource(file);
  if (!source.ok) return undefined;
  try {
    return await examine(source.value);
  } catch (fault) {
    if (fault instanceof Verdict) return undefined;
    throw fault;
  }
}

async function examine(source: BundleSource): Promise<AsideWord | undefined> {
  const { size } = readClaim(await needMember(source, bundleNames.checkpoint)).checkpoint;
  const tree = createTreeCheck((path) => readMember(source, path));
  let audit: Audit | undefined;
  for (const { n, width } of bundlesOf(size)) {
    const { entries, isWhole } = splitBundle(await needMember(source, entryBundlePath(n, width)), width);
    if (!isWhole || (await tree.add(entries.map(leafHash)))) return undefined;
    audit ??= openAudit(entries[0]);
    const first = n * tileWidth;
    const isSound = audit && entries.every((bytes, i) => first + i === 0 || note(audit, bytes, first + i));
    if (!isSound) return undefined;
  }
  const { root, mismatch } = await tree.finish();
  if (mismatch || !audit) return undefined;
  const { checked, fault } = await auditSignatures(audit);
  return fault || !(await isSummed(source)) ? undefined : { root, ...audit.counts, signatures: checked };
}

function openAudit(bytes: Bytes = new Uint8Array(0)): Audit | undefined {
  const genesis = parseGenesis(bytes);
  return genesis.ok ? createAudit(worldIdOf(bytes), genesis.value) : undefined;
}

/** Form and place are for the stepper to judge; here only what is committed, sealed and signed is looked at. */
function note(audit: Audit | undefined, bytes: Bytes, index: number): boolean {
  const decoded = decodeEntry(bytes);
  if (!audit || !decoded.ok) return false;
  const entry = decoded.value;
  if (entry.kind !== 'intent') return auditEntry(audit, { index, entry }).ok;
  const parsed = parseIntent(entry.bytes);
  if (!parsed.ok) return false;
  return auditEntry(audit, { index, entry, parts: parsed.value, keyHex: bytesToHex(parsed.value.key) }).ok;
}

/** What the tree did not read is read too, for its checksum. */
async function isSummed(source: BundleSource): Promise<boolean> {
  for (const name of source.names ?? []) if (!name.startsWith('tile/')) await readMember(source, name);
  return source.damaged?.size === 0;
}
