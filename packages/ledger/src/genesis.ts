/** Leaf 0 and what follows from its bytes: the world's id, its origin, the log's verifier key, the policy. */
import { base32ToBytes, bytesToBase32 } from './baseText.ts';
import type { Bytes } from './bytes.ts';
import { parsePublicKey } from './ed25519Key.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import type { Genesis, Parent } from './entry.ts';
import { type EntryRefusal, decodeEntry } from './entryCodec.ts';
import { type Policy, type PolicyWitness, createPolicy, formatPolicy } from './policy.ts';
import { parsePolicy } from './policyParse.ts';
import { parseNote } from './note.ts';
import { type Result, err, ok, unwrap } from './result.ts';
import { bytesToUtf8 } from './utf8.ts';
import { sha256 } from './sha256.ts';
import { type Vkey, createVkey, ed25519Type, isKeyName } from './vkey.ts';

export type GenesisRefusal =
  | EntryRefusal
  | 'genesis_missing'
  | 'genesis_name'
  | 'genesis_key'
  | 'genesis_policy'
  | 'genesis_parent';

/** As many as a genesis of 8 KiB holds beside a large configuration. */
export const MAX_LOST_RECEIPTS = 64;

/** Long enough for a host name and a label; with the world's id it stays a valid key name. */
export const MAX_AUTHORITY_NAME = 200;

/** SHA-256 of the genesis bytes: what links, QR codes and intents carry. */
export function worldIdOf(genesisBytes: Bytes): Uint8Array<ArrayBuffer> {
  return sha256(genesisBytes);
}

/** `<authority name>/<world id in base32>`: the first line of every checkpoint and the name of the log's key. */
export function originOf(authorityName: string, world: Bytes): string {
  return `${authorityName}/${bytesToBase32(world)}`;
}

/** The world's id, which every origin ends with; undefined for what is none. */
export function worldOfOrigin(origin: string | undefined): Bytes | undefined {
  const decoded = base32ToBytes(origin?.split('/').at(-1) ?? '');
  return decoded?.length === 32 ? decoded : undefined;
}

/** The key that signs a world's checkpoints, as notes know it. */
export function logVkey(origin: string, key: Bytes): Vkey {
  return createVkey(origin, ed25519Type, key);
}

/** Refuses what is no genesis, an authority name that cannot begin an origin, and crooked keys. */
export function parseGenesis(bytes: Bytes): Result<Genesis, GenesisRefusal> {
  const decoded = decodeEntry(bytes);
  if (!decoded.ok) return decoded;
  const genesis = decoded.value;
  if (genesis.kind !== 'genesis') return err('genesis_missing');
  if (!isAuthorityName(genesis.authority.name)) return err('genesis_name');
  const keys = [genesis.authority.key, genesis.host, ...genesis.successors];
  if (!keys.every((key) => parsePublicKey(key).ok)) return err('genesis_key');
  if (genesis.parent && !isParent(genesis.parent)) return err('genesis_parent');
  return isGenesisPolicy(genesis.policy) ? ok(genesis) : err('genesis_policy');
}

/**
 * The `policy` of a genesis: a policy file without its log, whose name would hold the hash of this very genesis. `quorum` of the
 * witnesses must have cosigned what is believed.
 */
export function genesisPolicy(witnesses: readonly (Vkey | PolicyWitness)[] = [], quorum = 0): string {
  const anyLog = createVkey('log', ed25519Type, new Uint8Array(32));
  return formatPolicy({ ...createPolicy(anyLog, witnesses, quorum), logs: [] });
}

/** The world's policy file: the genesis' witnesses and quorum, and the log's key of the time. Throws unless `parseGenesis` took it. */
export function worldPolicy(genesis: Pick<Genesis, 'policy'>, origin: string, authorityKey: Bytes): Policy {
  return { ...unwrap(parsePolicy(genesis.policy)), logs: [{ vkey: logVkey(origin, authorityKey) }] };
}

function isGenesisPolicy(text: string): boolean {
  const policy = parsePolicy(text);
  return policy.ok && policy.value.logs.length === 0 && formatPolicy(policy.value) === text;
}

/** Of a world of whose end nothing is lost the note is anybody's to read; else it must be shorter than what was signed. */
function isParent({ checkpoint, lost }: Parent): boolean {
  if (!lost) return true;
  const size = checkpointIn(checkpoint)?.size;
  if (size === undefined || size >= lost.size || lost.receipts.length > MAX_LOST_RECEIPTS) return false;
  return lost.receipts.every(
    ({ index }, i) => index >= size && index < lost.size && index > (lost.receipts[i - 1]?.index ?? -1),
  );
}

/** Where a successor goes on, and what it owns up to. */
export function parentWords({ parent }: Pick<Genesis, 'parent'>): string | undefined {
  const head = parent && checkpointIn(parent.checkpoint);
  if (!head) return undefined;
  if (!parent.lost)
    return `goes on from ${head.origin} after ${head.size} entries; whether it was named to, that log's genesis says`;
  const { size, receipts } = parent.lost;
  return `goes on from ${head.origin}: of its ${size} entries those from ${head.size} on were lost, ${receipts.length} receipts for them are named`;
}

/** What a signed note says, whoever has signed it. */
export function checkpointIn(note: Bytes): Checkpoint | undefined {
  const parsed = parseNote(bytesToUtf8(note) ?? '');
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : undefined;
  return checkpoint?.ok ? checkpoint.value : undefined;
}

/** A key name that is not of the prefix under which everything but checkpoints is signed. */
export function isAuthorityName(name: string): boolean {
  return (
    isKeyName(name) &&
    name.length <= MAX_AUTHORITY_NAME &&
    name !== 'fairground' &&
    !name.startsWith('fairground/')
  );
}
