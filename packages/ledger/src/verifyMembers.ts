/** Everything in a bundle but its tree: nothing unnamed, and what is derived or named by hash is what it must be. */
import { blobHash, blobPath, blobPrefix, bundleNames, policyFile, treePaths } from './bundle.ts';
import type { BundleSource } from './bundleSource.ts';
import { type Bytes, equalBytes } from './bytes.ts';
import { bytesToHex } from './hex.ts';
import { tileWidth } from './tiles.ts';
import { Verdict } from './verifyReport.ts';
import { type World } from './world.ts';
import { formatWorldJson } from './worldJson.ts';

export async function readMember(source: BundleSource, path: string): Promise<Bytes | undefined> {
  try {
    return await source.read(path);
  } catch (fault) {
    throw new Verdict('source_unreadable', null, fault instanceof Error ? fault.message : String(fault));
  }
}

export async function needMember(source: BundleSource, path: string): Promise<Bytes> {
  const bytes = await readMember(source, path);
  if (!bytes) throw new Verdict('member_missing', null, path);
  return bytes;
}

/** Refuses members that nothing of this size names; blobs are left to `checkBlobs`. */
export function checkNames(names: readonly string[], size: number): void {
  // Before listing what a claimed size would need: a lie must not cost memory.
  if (Math.ceil(size / tileWidth) > names.length)
    throw new Verdict('member_missing', null, `${size} entries need more members`);
  const expected = new Set([...Object.values<string>(bundleNames), ...treePaths(size)]);
  const stranger = names.find((name) => !expected.has(name) && blobHash(name) === undefined);
  if (stranger !== undefined) throw new Verdict('member_unnamed', null, stranger);
}

/** `world.json` and `policy`, byte for byte; a log served by address may leave them out. */
export async function checkDerived(source: BundleSource, world: World<unknown>): Promise<string> {
  const derived = [
    { name: bundleNames.world, bytes: formatWorldJson(world), code: 'world_json_mismatch' },
    { name: bundleNames.policy, bytes: policyFile(world), code: 'policy_mismatch' },
  ] as const;
  let count = 0;
  for (const { name, bytes, code } of derived) {
    const stored = source.names ? await needMember(source, name) : await readMember(source, name);
    if (!stored) continue;
    if (!equalBytes(stored, bytes))
      throw new Verdict(code, null, `${name} is not what the genesis and the close say`);
    count += 1;
  }
  return count === derived.length
    ? 'world.json and policy are as derived'
    : `${count} of 2 derived files are there`;
}

/** Finds which blobs the entries name by holding their hashes as bytes; `namedFiles` finds those that opened values name as text. */
export function createBlobWatch(names: readonly string[]) {
  const missing = new Set(names.flatMap((name) => blobHash(name) ?? []));
  return {
    watch(entry: Bytes): void {
      if (missing.size === 0) return;
      const hex = bytesToHex(entry);
      for (const hash of missing) if (hex.includes(hash)) missing.delete(hash);
    },
    unnamed: (): ReadonlySet<string> => missing,
  };
}

/** What is named and left out is no fault: a log says the same without its pictures. At an address each is asked for. */
export async function checkBlobs(
  source: BundleSource,
  unnamed: ReadonlySet<string>,
  named: ReadonlySet<string>,
): Promise<string> {
  const hashes = source.names?.flatMap((name) => blobHash(name) ?? []) ?? [...named];
  let held = 0;
  for (const hash of hashes) {
    const name = blobPrefix + hash;
    if (unnamed.has(hash) && !named.has(hash)) throw new Verdict('member_unnamed', null, name);
    const bytes = source.names ? await needMember(source, name) : await readMember(source, name);
    if (bytes && blobPath(bytes) !== name) throw new Verdict('blob_mismatch', null, name);
    if (bytes) held += 1;
  }
  const listed = new Set(hashes);
  const absent = source.names ? [...named].filter((hash) => !listed.has(hash)).length : named.size - held;
  const kept = held === 0 ? 'nothing beside the log' : `${held} files have the hashes that entries name`;
  return absent === 0 ? kept : `${kept}; ${absent} that entries name ${absent === 1 ? 'is' : 'are'} not here`;
}
