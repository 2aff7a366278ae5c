/** The one history of a world that was ever signed, run through its rules again: whatever is signed later must go on from it. */
import {
  type Bytes,
  type World,
  bytesToHex,
  decodeEntry,
  findGame,
  intentHash,
  openWorld,
  parseIntent,
  stateHash,
  step,
} from '@fairground/ledger';
import { playedGames } from '../cast/games.ts';
import { Broken } from './broken.ts';
import type { DurableWorld } from './logMirror.ts';

export interface SignedLog {
  readonly entries: readonly Bytes[];
  /** A checkpoint is being signed: of what is durable, and of no other history. */
  sign(size: number, root: string, durable: DurableWorld | undefined): void;
  /** Of the state after so many entries; undefined where no checkpoint was signed. */
  stateAt(size: number): string | undefined;
  rootAt(size: number): string | undefined;
  readonly closed: boolean;
}

export function createSignedLog(id: string): SignedLog {
  const name = `world ${id.slice(0, 8)}`;
  const entries: Bytes[] = [];
  const roots: string[] = [];
  const states = new Map<number, string>();
  const said = new Set<string>();
  let replay: World<unknown> | undefined;
  let lastAt = 0;

  function sayOnce(what: string, index: number): void {
    if (said.has(what)) throw new Broken('S3', `${name}: entry ${index} says again ${what}`);
    said.add(what);
  }

  function take(bytes: Bytes, index: number): void {
    const entry = decodeEntry(bytes);
    if (!entry.ok) throw new Broken('S5', `${name}: entry ${index} is malformed`);
    if (entry.value.at < lastAt)
      throw new Broken('S5', `${name}: entry ${index} is earlier than the one before`);
    lastAt = entry.value.at;
    if (entry.value.kind === 'intent') {
      const intent = parseIntent(entry.value.bytes);
      if (!intent.ok) throw new Broken('S5', `${name}: the intent of entry ${index} is malformed`);
      const { key, seq, body } = intent.value;
      sayOnce(`intent ${bytesToHex(intentHash(entry.value.bytes))}`, index);
      sayOnce(`seq ${seq} of ${bytesToHex(key).slice(0, 8)}`, index);
      const { pad } = body;
      if (typeof pad === 'string' && entry.value.refused === undefined) sayOnce(`wish ${pad}`, index);
    }
    replayEntry(bytes, index);
  }

  function replayEntry(bytes: Bytes, index: number): void {
    if (!replay) {
      const game = playedGames.find((one) => openWorld(one, bytes).ok);
      const opened = game && openWorld(game, bytes);
      if (!opened?.ok) throw new Broken('S5', `${name}: the genesis opens no game`);
      replay = opened.value;
      return;
    }
    const stepped = step(gameOf(replay), replay, bytes);
    if (!stepped.ok)
      throw new Broken(
        'S5',
        `${name}: entry ${index} does not replay: ${stepped.code} ${stepped.message ?? ''}`,
      );
  }

  return {
    entries,
    get closed() {
      return replay?.closed !== undefined;
    },
    sign(size, root, durable) {
      if (durable?.roots[size] !== root && size <= entries.length && roots[size] !== root)
        throw new Broken('S1', `${name}: a second checkpoint of size ${size} is signed`);
      if (durable?.roots[size] !== root)
        throw new Broken('S2', `${name}: a checkpoint of size ${size} is signed that the disk does not hold`);
      const known = entries.length;
      if (known > 0 && durable.roots[Math.min(known, size)] !== roots[Math.min(known, size)])
        throw new Broken(
          'S1',
          `${name}: a checkpoint of size ${size} is signed that does not go on from size ${known}`,
        );
      for (let index = known; index < size; index++) {
        const bytes = durable.entries[index];
        if (!bytes) throw new Broken('S2', `${name}: entry ${index} is not on the disk`);
        take(bytes, index);
        entries.push(bytes);
        roots[index + 1] = durable.roots[index + 1] ?? '';
      }
      if (size > known && replay) states.set(size, bytesToHex(stateHash(gameOf(replay), replay)));
    },
    stateAt: (size) => states.get(size),
    rootAt: (size) => roots[size],
  };
}

function gameOf({ opening }: World<unknown>) {
  const found = findGame(playedGames, opening.genesis);
  if (!found) throw new Error(`no game ${opening.genesis.game} is played here`);
  return found;
}
