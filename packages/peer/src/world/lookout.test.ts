import {
  type Bytes,
  drawView,
  encodeCbor,
  formatFaultProof,
  judgeFault,
  leafHash,
  leaveEntries,
  makeViewFaultProof,
  merkleRoot,
  openWorld,
  parseFaultProof,
  seedSigner,
  sha256,
  signCheckpoint,
  signView,
  step,
  unwrap,
  type ViewWord,
} from '@fairground/ledger';
import { counter, type Driver } from '@fairground/ledger/testing';
import { decodePicture, encodePicture } from '@fairground/protocol';
import { describe, expect, it } from 'vitest';
import { settle } from '../testClock.fixture.ts';
import { adding, follow, sign } from './follow.fixture.ts';

const played = { ...counter, view: ({ total }: { total: number }) => ({ total }) };
const lies = encodeCbor({ total: 999 });

interface Change {
  readonly drawn?: Bytes;
  readonly word?: Partial<ViewWord>;
  readonly signer?: Driver<unknown>['authority'];
  readonly checkpoint?: Bytes;
  readonly genesis?: Bytes;
}

/** What an honest authority shows after so many entries, but for what is changed. */
async function pictureOf(driver: Driver<unknown>, size: number, change: Change = {}): Promise<Bytes> {
  const [genesis = new Uint8Array(), ...rest] = driver.entries;
  const world = unwrap(openWorld(counter, genesis));
  for (const entry of rest.slice(0, size - 1)) unwrap(step(counter, world, entry));
  const drawn = change.drawn ?? drawView(played, world.state);
  const root = merkleRoot(driver.entries.slice(0, size).map(leafHash));
  const word = { world: world.opening.world, size, root, hash: sha256(drawn), ...change.word };
  const { bytes, sig } = await signView(change.signer ?? driver.authority, word);
  const checkpoint = change.checkpoint ?? (await sign(driver, size));
  return encodePicture({ genesis: change.genesis ?? genesis, checkpoint, view: [bytes, sig], drawn });
}

async function lookingOn(counts: readonly number[] = [2, 3, 4]) {
  const driver = await adding(counts);
  const opened = follow(driver, new Map(), { looksOn: true });
  const size = driver.entries.length;
  const arrive = async () => {
    opened.tail().push(0, driver.entries, await sign(driver));
    opened.tail().status.set('online');
    await settle();
  };
  return { driver, size, arrive, ...opened };
}

/** Through the file and back, as somebody reads it who has nothing but the rules. */
async function judged({ value: { charges } }: ReturnType<typeof follow>['follower']): Promise<string> {
  const [charge] = charges;
  if (!charge) return 'no charge';
  const proof = unwrap(parseFaultProof(formatFaultProof(charge.proof)));
  const judgement = await judgeFault(proof, [played]);
  return `${judgement.verdict}: ${judgement.code}`;
}

describe('signed pictures', () => {
  it('[D92] the newest is shown as signed until the log itself is there, and then what was verified', async () => {
    const { driver, follower, show, arrive, size } = await lookingOn();
    show(await pictureOf(driver, 3));
    await settle();
    expect(follower.value).toMatchObject({
      ...{ status: 'loading', size: 0, view: { total: 2 }, game: 'counter' },
      verified: { level: 'signed', to: 3 },
    });
    show(await pictureOf(driver, size));
    await settle();
    expect(follower.value).toMatchObject({ view: { total: 9 }, verified: { level: 'signed', to: size } });
    await arrive();
    expect(follower.value).toMatchObject({
      ...{ status: 'live', size, view: { total: 9 }, charges: [] },
      verified: { level: 'audited', to: size },
    });
  });

  it('[D92] an older one, junk, and what another key has signed change nothing', async () => {
    const { driver, follower, show, arrive, size } = await lookingOn();
    const other = await adding([1]);
    const stranger = seedSigner(sha256(new Uint8Array([1])));
    show(await pictureOf(driver, size));
    for (const junk of [
      await pictureOf(driver, 3),
      new Uint8Array([1, 2, 3]),
      await pictureOf(driver, size, { signer: stranger }),
      await pictureOf(driver, size, { genesis: other.entries[0] ?? new Uint8Array() }),
      await pictureOf(driver, size, { checkpoint: await sign(driver, 3) }),
      await pictureOf(driver, size, { drawn: lies, word: { hash: sha256(new Uint8Array()) } }),
      await pictureOf(driver, size, { word: { world: sha256(new Uint8Array()) } }),
    ])
      show(junk);
    await settle();
    expect(follower.value).toMatchObject({ view: { total: 9 }, verified: { to: size }, charges: [] });
    await arrive();
    expect(follower.value).toMatchObject({ status: 'live', charges: [], isDoubted: false });
  });
});

describe('[D93] a picture that the rules do not draw', () => {
  it.each([
    ['before the log, at its end', 5],
    ['before the log, in its middle', 3],
  ])('shown %s, ends trust when the log comes by it', async (_, at) => {
    const { driver, follower, show, arrive } = await lookingOn();
    show(await pictureOf(driver, at, { drawn: lies }));
    await settle();
    expect(follower.value).toMatchObject({ status: 'loading', charges: [] });
    await arrive();
    expect(follower.value).toMatchObject({
      status: 'fault',
      fault: { blame: 'authority', code: 'view_mismatch', index: at - 1 },
    });
    expect(await judged(follower)).toBe('convicts: view_mismatch');
  });

  it.each([3, 5])('shown of %i entries after the log, ends trust at once', async (at) => {
    const { driver, follower, show, arrive } = await lookingOn();
    await arrive();
    show(await pictureOf(driver, at));
    await settle();
    expect(follower.value).toMatchObject({ status: 'live', charges: [] });
    show(await pictureOf(driver, at, { drawn: lies }));
    await settle();
    expect(follower.value).toMatchObject({ status: 'fault', fault: { code: 'view_mismatch' } });
    expect(await judged(follower)).toBe('convicts: view_mismatch');
  });

  it('nor does one over another root, which two signatures prove without an entry', async () => {
    const { driver, follower, show, arrive } = await lookingOn();
    show(await pictureOf(driver, 4, { word: { root: sha256(new Uint8Array()) } }));
    await arrive();
    expect(follower.value).toMatchObject({ status: 'fault', fault: { code: 'view_root' } });
    expect(await judged(follower)).toBe('convicts: view_root');
  });

  it('nor one of another history: its checkpoint is an equivocation', async () => {
    const { driver, follower, show, arrive } = await lookingOn();
    const root = sha256(new Uint8Array([4]));
    const checkpoint = await signCheckpoint(driver.authority, { origin: driver.world.origin, size: 4, root });
    show(await pictureOf(driver, 4, { word: { root }, checkpoint }));
    await arrive();
    expect(follower.value).toMatchObject({ status: 'fault', fault: { code: 'equivocation' } });
  });

  it('is told to others without the entries: they judge it by their own log, as soon as it is long enough', async () => {
    const { driver, follower, show, arrive, size } = await lookingOn();
    show(await pictureOf(driver, size, { drawn: lies }));
    await arrive();
    const [charge] = follower.value.charges;
    const told = unwrap(
      parseFaultProof(formatFaultProof(leaveEntries(charge?.proof ?? expect.fail('no charge')))),
    );
    const bob = follow(driver);
    bob.tail().push(0, driver.entries.slice(0, 3), await sign(driver, 3));
    bob.tail().status.set('online');
    await settle();
    expect(await bob.follower.tribunal.accuse(told)).toBe(false);
    expect(bob.follower.value).toMatchObject({ status: 'live', charges: [] });
    bob.tail().push(3, driver.entries.slice(3), await sign(driver));
    await settle();
    expect(bob.follower.value).toMatchObject({ status: 'fault', fault: { code: 'view_mismatch' } });
    expect(await judged(bob.follower)).toBe('convicts: view_mismatch');
  });

  it('an honest one that somebody hands on as a proof convicts nobody', async () => {
    const { driver, follower, arrive, size } = await lookingOn();
    await arrive();
    const { bytes, sig } = await honestView(driver, size);
    const { vkey } = follower.log;
    const proof = makeViewFaultProof(vkey ?? expect.fail('not open'), {
      view: { bytes, sig },
      checkpoint: await sign(driver),
    });
    expect(await follower.tribunal.accuse(proof)).toBe(false);
    expect(follower.value).toMatchObject({ status: 'live', charges: [], isDoubted: false });
  });
});

async function honestView(driver: Driver<unknown>, size: number) {
  const picture = unwrap(decodePicture(await pictureOf(driver, size)));
  return { bytes: picture.view[0], sig: picture.view[1] };
}
