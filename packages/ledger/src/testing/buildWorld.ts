/** Small worlds for tests: real keys, real signatures, real trees, driven through `admit` and `step` as an authority would. */
import { type Admitted, type AdmitCode, admit } from '../admit.ts';
import { type Bytes, copyBytes } from '../bytes.ts';
import type { Cbor } from '../cbor.ts';
import { signCheckpoint } from '../checkpoint.ts';
import { type Signer, seedSigner } from '../ed25519.ts';
import { makeClose, makeState } from '../ending.ts';
import type { Genesis, LogEntry, Millis } from '../entry.ts';
import { encodeEntry } from '../entryCodec.ts';
import { genesisPolicy } from '../genesis.ts';
import { bytesToHex } from '../hex.ts';
import { type SignedIntent, intentHeader, noIntent, signIntent } from '../intent.ts';
import { leafHash, merkleRoot } from '../merkle.ts';
import { randCommit } from '../random.ts';
import type { Replayable } from '../replayable.ts';
import { type Result, unwrap } from '../result.ts';
import { sha256 } from '../sha256.ts';
import { type Stepped, step } from '../replay.ts';
import { utf8ToBytes } from '../utf8.ts';
import { type World, needsState, openWorld } from '../world.ts';

export interface BuiltWorld<State> {
  readonly world: World<State>;
  /** Verbatim, the genesis first. */
  readonly entries: readonly Bytes[];
  readonly authority: Signer;
  /** The signed checkpoint over all entries. */
  readonly checkpoint: Bytes;
}

export interface WorldOptions<Config, State, Body> {
  readonly game: Replayable<Config, State, Body>;
  readonly config: Cbor;
  /** Everything random follows from it. */
  readonly seed: string;
  /** Drives the world; a driver appends the `state` of a segment's end by itself. */
  readonly script?: (driver: Driver<State>) => Promise<void>;
  readonly genesis?: Partial<Genesis>;
}

/** A player of the script. */
export interface Actor {
  readonly signer: Signer;
  readonly key: Bytes;
}

type DraftOf<Entry> = Entry extends { readonly at: Millis } ? Omit<Entry, 'at'> : never;

export interface Driver<State> {
  readonly world: World<State>;
  readonly entries: readonly Bytes[];
  readonly authority: Signer;
  /** The virtual clock; a script may move it. */
  now: Millis;
  /** 32 bytes that follow from the seed and a label. */
  secret(label: string): Bytes;
  actor(name: string): Actor;
  /** The next intent of the actor's chain, signed. The body may be made from the header that a seal is bound to. */
  intent(actor: Actor, kind: string, body: Body | ((header: Bytes) => Body)): Promise<SignedIntent>;
  /** Admits and appends; returns what admission said. */
  send(
    actor: Actor,
    kind: string,
    body: Body | ((header: Bytes) => Body),
  ): Promise<Result<Admitted, AdmitCode>>;
  /** Appends an entry of the authority's, stamped with `now`. Throws if the stepper refuses it. */
  append(draft: DraftOf<LogEntry>): Stepped<unknown>;
  /** `state` and `close`. */
  close(reason: string): void;
}

type Body = { readonly [field: string]: Cbor };

export const testEpoch: Millis = 1_750_000_000_000;

export async function buildWorld<Config, State, GameBody>(
  options: WorldOptions<Config, State, GameBody>,
): Promise<BuiltWorld<State>> {
  const driver = openDriver(options);
  await options.script?.(driver);
  const { world, entries, authority } = driver;
  return { world, entries, authority, checkpoint: await signEntries(authority, world.origin, entries) };
}

/** The checkpoint over exactly these entries, whatever they are: also for an authority that lies. */
export function signEntries(authority: Signer, origin: string, entries: readonly Bytes[]): Promise<Bytes> {
  return signCheckpoint(authority, { origin, size: entries.length, root: merkleRoot(entries.map(leafHash)) });
}

/** A driver without a script, for tests that drive by hand. */
export function openDriver<Config, State, GameBody>(
  options: WorldOptions<Config, State, GameBody>,
): Driver<State> {
  const { game } = options;
  const secret = (label: string) => sha256(utf8ToBytes(`${options.seed}/${label}`));
  const authority = seedSigner(secret('authority'));
  const genesisBytes = encodeEntry(makeGenesis(options, secret, authority));
  const world = unwrap(openWorld(game, genesisBytes));
  const entries: Bytes[] = [genesisBytes];

  function appendBytes(bytes: Bytes): Stepped<unknown> {
    const stepped = unwrap(step(game, world, bytes, { trustIntentSignatures: true }));
    entries.push(bytes);
    if (needsState(world)) appendBytes(encodeEntry(makeState(game, world, driver.now)));
    return stepped;
  }

  const driver: Driver<State> = {
    world,
    entries,
    authority,
    now: testEpoch,
    secret,
    actor(name) {
      const signer = seedSigner(secret(`actor/${name}`));
      return { signer, key: signer.key };
    },
    intent({ signer, key }, kind, body) {
      const head = world.heads.get(bytesToHex(key));
      const chain = {
        world: world.opening.world,
        seq: head ? head.seq + 1 : 0,
        prev: head?.hash ?? noIntent,
        kind,
      };
      const said = typeof body === 'function' ? body(intentHeader({ ...chain, key })) : body;
      return signIntent(signer, { ...chain, body: said });
    },
    async send(actor, kind, body) {
      const { bytes, sig } = await driver.intent(actor, kind, body);
      const admitted = admit(game, world, { bytes, sig, at: driver.now, via: 'local' });
      if (admitted.ok) appendBytes(admitted.value.entryBytes);
      return admitted;
    },
    append(draft) {
      return appendBytes(encodeEntry({ ...draft, at: driver.now } as LogEntry));
    },
    close(reason) {
      if (!world.stateIsLast) appendBytes(encodeEntry(makeState(game, world, driver.now)));
      appendBytes(encodeEntry(makeClose(world, reason)));
    },
  };
  return driver;
}

function makeGenesis<Config, State, GameBody>(
  { game, config, genesis }: WorldOptions<Config, State, GameBody>,
  secret: (label: string) => Bytes,
  authority: Signer,
): Genesis {
  return {
    kind: 'genesis',
    v: 1,
    at: testEpoch,
    nonce: copyBytes(secret('nonce'), 0, 16),
    authority: { name: 'authority.test/1', key: authority.key },
    successors: [],
    host: seedSigner(secret('actor/host')).key,
    game: game.name,
    version: game.version,
    rules: game.rules,
    config,
    policy: genesisPolicy(),
    rand: randCommit(secret('dice-nonce'), authority.key, secret('dice')),
    ...genesis,
  };
}
