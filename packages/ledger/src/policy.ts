/** Trust policies (C2SP tlog-policy): which logs, which witnesses, and how many of them must have cosigned. */
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import type { VerifiedNote } from './noteVerify.ts';
import { type Result, err, ok } from './result.ts';
import { type Vkey, cosignatureType, ed25519Type, formatVkey } from './vkey.ts';

export interface PolicyLog {
  readonly vkey: Vkey;
  readonly url?: string;
}

export interface PolicyWitness extends PolicyLog {
  readonly name: string;
}

/** Witnessed when at least `threshold` of the members (witnesses or earlier groups) are. */
export interface PolicyGroup {
  readonly name: string;
  readonly threshold: number;
  readonly members: readonly string[];
}

/** `quorum` is a witness's or group's name, or `none`. */
export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: readonly PolicyGroup[];
  readonly quorum: string;
}

/** A checkpoint that satisfies a policy: by which log's key, and the names of the witnesses that cosigned. */
export interface Trusted {
  readonly checkpoint: Checkpoint;
  readonly log: Vkey;
  readonly witnesses: readonly string[];
}

const ownPrefix = 'own/';

/** A witness that the authority runs itself, in its own process or data folder: named as such, and part of no quorum. */
export function ownWitness(vkey: Vkey): PolicyWitness {
  return { name: `${ownPrefix}${vkey.name}`, vkey };
}

/** Whether a witness's name says that it is the authority's own. */
export function isOwnWitness(name: string): boolean {
  return name.startsWith(ownPrefix);
}

/** One log, and `quorum` of the given witnesses (0: none) that are not its own; a plain key goes by its key name. */
export function createPolicy(
  log: Vkey,
  witnesses: readonly (Vkey | PolicyWitness)[] = [],
  quorum = 0,
): Policy {
  const named = witnesses.map((one) => ('vkey' in one ? one : { name: one.name, vkey: one }));
  const members = named.map(({ name }) => name).filter((name) => !isOwnWitness(name));
  if (!Number.isInteger(quorum) || quorum < 0 || quorum > members.length)
    throw new RangeError('createPolicy: quorum');
  if (named.some(({ name }) => name === 'witnesses' || name === 'none'))
    throw new RangeError('createPolicy: name');
  const group = { name: 'witnesses', threshold: quorum, members };
  return {
    logs: [{ vkey: log }],
    witnesses: named,
    groups: quorum === 0 ? [] : [group],
    quorum: quorum === 0 ? 'none' : group.name,
  };
}

/** The canonical file: logs, witnesses, groups, quorum, single spaces, no comments. */
export function formatPolicy({ logs, witnesses, groups, quorum }: Policy): string {
  return [
    ...logs.map(({ vkey, url }) => line('log', formatVkey(vkey), url)),
    ...witnesses.map(({ name, vkey, url }) => line('witness', name, formatVkey(vkey), url)),
    ...groups.map(({ name, threshold, members }) =>
      line('group', name, thresholdText(threshold, members.length), ...members),
    ),
    line('quorum', quorum),
  ].join('');
}

/** Every key that the policy names, for `verifyNote`. */
export function policyVkeys({ logs, witnesses }: Policy): readonly Vkey[] {
  return [...logs, ...witnesses].map(({ vkey }) => vkey);
}

/**
 * Whether a note that `verifyNote` has verified with `policyVkeys` satisfies the policy: a checkpoint, signed by a listed log under its
 * own origin (`policy_no_log`), and cosigned by the quorum (`policy_quorum`).
 */
export function checkPolicy(
  policy: Policy,
  note: VerifiedNote,
): Result<Trusted, 'checkpoint_malformed' | 'policy_no_log' | 'policy_quorum'> {
  const checkpoint = parseCheckpoint(note.text);
  if (!checkpoint.ok) return checkpoint;
  const signers = note.verified.map(({ vkey }) => vkey);
  const log = policy.logs.find(
    ({ vkey }) => vkey.name === checkpoint.value.origin && includes(signers, vkey, ed25519Type),
  );
  if (!log) return err('policy_no_log');
  const witnesses = policy.witnesses
    .filter(({ vkey }) => includes(signers, vkey, cosignatureType))
    .map(({ name }) => name);
  if (!isQuorum(policy, new Set(witnesses))) return err('policy_quorum');
  return ok({ checkpoint: checkpoint.value, log: log.vkey, witnesses });
}

function isQuorum({ groups, quorum }: Policy, witnessed: Set<string>): boolean {
  if (quorum === 'none') return true;
  // Members stand before their group, so one pass settles every group.
  for (const { name, threshold, members } of groups) {
    if (members.filter((member) => witnessed.has(member)).length >= threshold) witnessed.add(name);
  }
  return witnessed.has(quorum);
}

function includes(signers: readonly Vkey[], vkey: Vkey, type: number): boolean {
  return signers.some((signer) => signer.type === type && formatVkey(signer) === formatVkey(vkey));
}

function thresholdText(threshold: number, count: number): string {
  return threshold === count ? 'all' : threshold === 1 ? 'any' : String(threshold);
}

function line(...items: readonly (string | undefined)[]): string {
  return `${items.filter((item) => item !== undefined).join(' ')}\n`;
}
