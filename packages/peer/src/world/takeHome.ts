/** A followed world as the one `.fair` file that anybody can verify without a network; nobody is asked for anything. */
import {
  type Bytes,
  equalBytes,
  formatNote,
  type Note,
  openWorld,
  parseNote,
  policyVkeys,
  step,
  unwrap,
  utf8ToBytes,
  verifyNote,
  type World,
  worldPolicy,
  writeBundle,
} from '@fairground/ledger';
import type { VerifiedLog } from './verifiedLog.ts';

/** Everything that is verified by now. Throws as long as that is nothing. */
export async function takeHome(log: VerifiedLog): Promise<Bytes> {
  const { entries, checkpoint } = log;
  if (!checkpoint) throw new Error('takeHome: nothing is verified yet');
  const kept = [...entries];
  const world = worldAfter(log, kept);
  const note = unwrap(parseNote(checkpoint));
  const own = utf8ToBytes(formatNote({ ...note, signatures: await ownSignatures(world, note) }));
  return writeBundle({ world, entries: kept, checkpoint: own });
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
