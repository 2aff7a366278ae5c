/** A script that leaves a world with every kind of proof in it: commits and reveals, a sealed lot with a void seal, sightings, refusals. */
import type { Bytes } from '../bytes.ts';
import type { Cbor } from '../cbor.ts';
import { dealCommit } from '../commitment.ts';
import { intentHash, parseIntent } from '../intent.ts';
import { leafHash, merkleRoot } from '../merkle.ts';
import { lotEntries, lotKeyPair, openLot, sealedOf } from '../lot.ts';
import { decodeEntry } from '../entryCodec.ts';
import { unwrap } from '../result.ts';
import { sealValue } from '../seal.ts';
import { signSeen } from '../seen.ts';
import type { Actor, Driver } from './buildWorld.ts';

/** Two seats guess under seal, one of them badly sealed; somebody saw a guess; the lot is opened; the world closes at its goal of 9. */
export async function guessing<State>(driver: Driver<State>): Promise<void> {
  const [ann, bob] = [driver.actor('ann'), driver.actor('bob')];
  const world = driver.world.opening.world;
  const secret = driver.secret('lot/0');
  const { pk } = lotKeyPair(secret);
  const deal = { world, what: 'ask', index: 0, nonce: driver.secret('ask/0'), value: { text: 'How many?' } };
  await driver.send(ann, 'join', { name: 'Ann' });
  driver.now += 20;
  await driver.send(bob, 'join', { name: 'Bob' });
  driver.append({ kind: 'commit', what: 'ask', from: 0, commits: [dealCommit(deal)] });
  driver.append({ kind: 'key', lot: 0, pk });
  driver.append({ kind: 'reveal', what: deal.what, index: deal.index, nonce: deal.nonce, value: deal.value });
  driver.now += 900;
  await guess(driver, ann, { pk, value: 4 });
  const bad = await guess(driver, bob, { pk: lotKeyPair(driver.secret('wrong')).pk, value: 5 });
  const word = {
    world,
    lot: 0,
    intentHash: intentHash(bad),
    headSize: driver.entries.length,
    headRoot: headRoot(driver),
    at: driver.now,
  };
  driver.append({ kind: 'seen', seen: [await signSeen(ann.signer, word)] });
  driver.append({ kind: 'time' });
  const opened = openLot({ world, lot: 0, secret, sealed: sealedOfLot(driver.entries, 0) });
  for (const part of lotEntries(0, secret, opened)) driver.append(part);
  await driver.send(bob, 'add', { count: 30 });
  await driver.send(ann, 'add', { count: 9 });
  driver.append({
    kind: 'reveal',
    what: 'dice',
    index: 0,
    nonce: driver.secret('dice-nonce'),
    value: driver.secret('dice'),
  });
  driver.close('over');
}

async function guess<State>(
  driver: Driver<State>,
  actor: Actor,
  { pk, value }: { pk: Bytes; value: Cbor },
): Promise<Bytes> {
  const { world } = driver.world.opening;
  const admitted = await driver.send(actor, 'guess', (header) => {
    const nonce32 = driver.secret(`nonce/${driver.entries.length}`);
    const ephemeral = driver.secret(`ephemeral/${driver.entries.length}`);
    return {
      lot: 0,
      seal: {
        ...sealValue({ world, lot: 0, key: actor.key, pk, header, value, nonce32, ephemeral, size: 64 }),
      },
    };
  });
  return unwrap(admitted).entry.bytes;
}

function sealedOfLot(entries: readonly Bytes[], lot: number) {
  return entries.flatMap((bytes, index) => {
    const entry = unwrap(decodeEntry(bytes));
    const found =
      entry.kind === 'intent' &&
      entry.refused === undefined &&
      sealedOf(unwrap(parseIntent(entry.bytes)), index);
    return found && found.lot === lot ? [found.sealed] : [];
  });
}

function headRoot<State>(driver: Driver<State>): Bytes {
  return merkleRoot(driver.entries.map(leafHash));
}
