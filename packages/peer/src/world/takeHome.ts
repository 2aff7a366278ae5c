/** A followed world as the one `.fair` file that anybody can verify without a network; nobody is asked for anything. */
import {
  type Bytes,
  equalBytes,
  formatNote,
  type Note,
  openWorld,
  parseNote,
  parsePolicy,
  policyVkeys,
  step,
  unwrap,
  utf8ToBytes,
  verifyNote,
  type World,
  worldPolicy,
  writeBundle,
} from '@fairground/ledger';
import type { ReadLog } from './catchUp.ts';
import { filesNamedBy, type NamedShelf } from './namedShelf.ts';
import type { VerifiedLog } from './verifiedLog.ts';

interface HomeDeps {
  readonly readLog?: ReadLog;
  readonly shelf?: NamedShelf;
}

/**
 * Everything that is verified by now. Throws as long as that is nothing. Where the genesis names witnesses their lines are asked of the
 * relay; without it they are left out, and a policy that demands them is then not met. So are pictures that are not at hand.
 */
export async function takeHome(log: VerifiedLog, { readLog, shelf }: HomeDeps = {}): Promise<Bytes> {
  const { entries, checkpoint } = log;
  if (!checkpoint) throw new Error('takeHome: nothing is verified yet');
  const kept = [...entries];
  const world = worldAfter(log, kept);
  const note = await withWitnesses(world, unwrap(parseNote(checkpoint)), readLog);
  const own = utf8ToBytes(formatNote({ ...note, signatures: await ownSignatures(world, note) }));
  const blobs = shelf ? await filesNamedBy(kept, shelf) : [];
  return writeBundle({ world, entries: kept, checkpoint: own, blobs });
}

async function withWitnesses(
  { opening }: World<unknown>,
  note: Note,
  readLog: ReadLog = async () => undefined,
): Promise<Note> {
  const policy = parsePolicy(opening.genesis.policy);
  if (!policy.ok || policy.value.witnesses.length === 0) return note;
  const bytes = await readLog('checkpoint').catch(() => undefined);
  const newest = bytes && parseNote(bytes);
  if (!newest?.ok || newest.value.text !== note.text) return note;
  const more = newest.value.signatures.filter(
    (line) => !note.signatures.some((own) => own.name === line.name && equalBytes(own.keyId, line.keyId)),
  );
  return { ...note, signatures: [...note.signatures, ...more] };
}

/** The world that stands after exactly these entries: the live one may be ahead while a batch is on its way in, or half way at a fault. */
function worldAfter({ opened }: VerifiedLog, [genesis, ...rest]: readonly Bytes[]): World<unknown> {
  if (!opened || !genesis) throw new Error('takeHome: no world is open');
  const world = unwrap(openWorld(opened.game, genesis));
  for (const entry of rest) unwrap(step(opened.game, world, entry, { trustIntentSignatures: true }));
  return world;
}

/** Without the lines that somebody on the way may have added: in a bundle they could be changed and nobody would notice. */
async function ownSignatures(
  { opening, origin, authorityKey }: World<unknown>,
  { text, signatures }: Note,
): Promise<Note['signatures']> {
  const vkeys = policyVkeys(worldPolicy(opening.genesis, origin, authorityKey));
  const checked = signatures.map(async (line) => {
    const isNamed = vkeys.some((vkey) => vkey.name === line.name && equalBytes(vkey.keyId, line.keyId));
    return isNamed && (await verifyNote({ text, signatures: [line] }, vkeys)).ok ? [line] : [];
  });
  return (await Promise.all(checked)).flat();
}
