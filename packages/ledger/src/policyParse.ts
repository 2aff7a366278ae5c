/** Reads a C2SP tlog-policy file; line based, items separated by spaces and tabs, `#` comments. */
import type { Bytes } from './bytes.ts';
import { bytesToHex } from './hex.ts';
import type { Policy, PolicyGroup, PolicyLog, PolicyWitness } from './policy.ts';
import { type Result, err, ok } from './result.ts';
import { bytesToUtf8, hasControl, isWellFormed } from './utf8.ts';
import { type SignatureType, type Vkey, cosignatureType, ed25519Type, parseVkey } from './vkey.ts';

export type PolicyRefusal =
  | 'policy_malformed'
  | 'policy_too_large'
  | 'policy_vkey'
  | 'policy_name'
  | 'policy_duplicate'
  | 'policy_threshold'
  | 'policy_no_quorum_line';

export const maxPolicyBytes = 65_536;
const maxDefinitions = 64; // of each kind; the standard asks for at least 32

interface Draft {
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  readonly groups: PolicyGroup[];
  readonly keys: Set<string>;
  /** Witness and group names so far, and whether a group has used them. */
  readonly names: Map<string, boolean>;
  quorum?: string;
}

type Step = Result<void, PolicyRefusal>;

/** Names are compared as they are spelt. The message of a refusal says the line's number. Text that is not UTF-8 is `policy_malformed`. */
export function parsePolicy(file: string | Bytes): Result<Policy, PolicyRefusal> {
  if (file.length > maxPolicyBytes) return err('policy_too_large');
  const text = typeof file === 'string' ? file : bytesToUtf8(file);
  if (text === undefined || !isPolicyText(text)) return err('policy_malformed');
  const draft: Draft = { logs: [], witnesses: [], groups: [], keys: new Set(), names: new Map() };
  for (const [at, line] of text.slice(0, -1).split('\n').entries()) {
    const step = addLine(
      draft,
      line.split(/[ \t]+/).filter((item) => item !== ''),
    );
    if (!step.ok) return err(step.code, `line ${at + 1}`);
  }
  const { logs, witnesses, groups, quorum } = draft;
  return quorum === undefined ? err('policy_no_quorum_line') : ok({ logs, witnesses, groups, quorum });
}

function isPolicyText(text: string): boolean {
  return isWellFormed(text) && text.endsWith('\n') && !hasControl(text, '\t\n') && !text.includes('\x7f');
}

function addLine(draft: Draft, [word, ...items]: readonly string[]): Step {
  if (word === undefined || word.startsWith('#')) return ok();
  switch (word) {
    case 'log':
      return addLog(draft, items);
    case 'witness':
      return addWitness(draft, items);
    case 'group':
      return addGroup(draft, items);
    case 'quorum':
      return setQuorum(draft, items);
    default:
      return err('policy_malformed');
  }
}

function addLog(draft: Draft, items: readonly string[]): Step {
  const [key, url] = items;
  if (key === undefined || items.length > 2 || draft.logs.length === maxDefinitions)
    return err('policy_malformed');
  const vkey = takeKey(draft, key, ed25519Type);
  if (!vkey.ok) return vkey;
  draft.logs.push(withUrl({ vkey: vkey.value }, url));
  return ok();
}

function addWitness(draft: Draft, items: readonly string[]): Step {
  const [name, key, url] = items;
  const isFull = draft.witnesses.length === maxDefinitions;
  if (name === undefined || key === undefined || items.length > 3 || isFull) return err('policy_malformed');
  const vkey = takeKey(draft, key, cosignatureType);
  if (!vkey.ok) return vkey;
  draft.witnesses.push(withUrl({ name, vkey: vkey.value }, url));
  return define(draft, name);
}

function addGroup(draft: Draft, [name, count, ...members]: readonly string[]): Step {
  if (name === undefined || count === undefined || members.length === 0) return err('policy_malformed');
  if (draft.groups.length === maxDefinitions) return err('policy_malformed');
  const threshold = parseThreshold(count, members.length);
  if (threshold === undefined) return err('policy_threshold');
  for (const member of members) {
    // Defined before, and in one group only: a witness counts in one way.
    if (draft.names.get(member) !== false) return err('policy_name');
    draft.names.set(member, true);
  }
  draft.groups.push({ name, threshold, members });
  return define(draft, name);
}

function setQuorum(draft: Draft, items: readonly string[]): Step {
  const [name] = items;
  if (name === undefined || items.length > 1) return err('policy_malformed');
  if (draft.quorum !== undefined) return err('policy_duplicate');
  if (name !== 'none' && !draft.names.has(name)) return err('policy_name');
  draft.quorum = name;
  return ok();
}

function define({ names }: Draft, name: string): Step {
  if (name === 'none' || names.has(name)) return err('policy_name');
  names.set(name, false);
  return ok();
}

function takeKey({ keys }: Draft, text: string, type: SignatureType): Result<Vkey, PolicyRefusal> {
  const vkey = parseVkey(text);
  if (!vkey.ok || vkey.value.type !== type) return err('policy_vkey');
  const id = `${type} ${bytesToHex(vkey.value.key)}`;
  if (keys.has(id)) return err('policy_duplicate');
  keys.add(id);
  return vkey;
}

function parseThreshold(text: string, count: number): number | undefined {
  if (text === 'all') return count;
  if (text === 'any') return 1;
  const threshold = /^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : undefined;
  return threshold !== undefined && threshold <= count ? threshold : undefined;
}

function withUrl<T extends PolicyLog>(entry: T, url: string | undefined): T {
  return url === undefined ? entry : { ...entry, url };
}
