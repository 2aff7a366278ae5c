import { describe, expect, it } from 'vitest';
import { admit } from './admit.ts';
import { bundleMembers } from './bundle.ts';
import { memorySource } from './bundleSource.ts';
import type { UpgradeEntry } from './entry.ts';
import { encodeEntry } from './entryCodec.ts';
import { step } from './replay.ts';
import type { AnyGame, Replayable } from './replayable.ts';
import { unwrap } from './result.ts';
import { sha256 } from './sha256.ts';
import { decodeWorld, encodeWorld, parseWorld, stateHash } from './snapshot.ts';
import {
  type CounterBody,
  type CounterConfig,
  type CounterState,
  buildWorld,
  counter,
  openDriver,
} from './testing/index.ts';
import { makeUpgrade } from './upgrade.ts';
import { utf8ToBytes } from './utf8.ts';
import { verify } from './verify.ts';
import { rulesInForce } from './versions.ts';
import { openWorld } from './world.ts';

type Doubled = CounterState & { readonly factor: number };

/** What is added counts double from here on, and nobody may add more than four. */
const doubling: Replayable<CounterConfig, Doubled, CounterBody> = {
  ...(counter as unknown as Replayable<CounterConfig, Doubled, CounterBody>),
  version: 2,
  rules: sha256(utf8ToBytes('counter 2')),
  check: (state, intent) =>
    intent.body.kind === 'add' && intent.body.count > 4
      ? { code: 'too_greedy' }
      : counter.check(state, intent),
  apply(state, entry) {
    const before = state.total;
    counter.apply(state, entry);
    state.total += (state.total - before) * (state.factor - 1);
    return state;
  },
  view: ({ total }) => ({ doubled: total }),
  migrate: (before) => ({ ...(before as CounterState), factor: 2 }),
};
const both: typeof counter = { ...counter, later: [doubling] };
const options = { game: both, config: { goal: 100 }, seed: 'upgrade' };
const nothing = new Uint8Array(0);

async function played() {
  const driver = openDriver(options);
  const ada = driver.actor('ada');
  unwrap(await driver.send(ada, 'join', { name: 'Ada' }));
  unwrap(await driver.send(ada, 'add', { count: 5 }));
  driver.now += 2_000;
  return { driver, ada };
}

function upgradeOf(driver: Awaited<ReturnType<typeof played>>['driver'], game: AnyGame = both): UpgradeEntry {
  const entry = makeUpgrade(game, driver.world, driver.now);
  if (!entry) throw new Error('there is nothing to go over to');
  return entry;
}

describe('an upgrade', () => {
  it('[L180] brings a world to the next version of its game: state and rules are those of that version from there on', async () => {
    const { driver, ada } = await played();
    driver.append(upgradeOf(driver));
    expect(driver.world).toMatchObject({ version: 2, state: { total: 5, factor: 2, seconds: 2 } });
    unwrap(await driver.send(ada, 'add', { count: 3 }));
    expect(driver.world.state.total).toBe(11);
    expect(await driver.send(ada, 'add', { count: 5 })).toMatchObject({
      ok: true,
      value: { refused: 'too_greedy' },
    });
    expect(rulesInForce<AnyGame>(both, driver.world).view(driver.world.state, {})).toEqual({ doubled: 11 });
    expect(makeUpgrade(both, driver.world, driver.now)).toBeUndefined();

    const again = unwrap(openWorld(both, driver.entries[0] ?? nothing));
    for (const bytes of driver.entries.slice(1)) unwrap(step(both, again, bytes));
    expect(encodeWorld(both, again)).toEqual(encodeWorld(both, driver.world));
  });

  it('[L180] is found out by trying: the world it is asked of stays as it is', async () => {
    const { driver } = await played();
    const before = encodeWorld(both, driver.world);
    upgradeOf(driver);
    expect(encodeWorld(both, driver.world)).toEqual(before);
    const broken: AnyGame = {
      ...doubling,
      migrate() {
        throw new Error('this state cannot be taken over');
      },
    };
    expect(() => upgradeOf(driver, { ...counter, later: [broken] })).toThrow('cannot be taken over');
    expect(encodeWorld(both, driver.world)).toEqual(before);
  });

  it('[L180] may come in a pause, in which no time passes', async () => {
    const { driver } = await played();
    driver.append({ kind: 'pause', reason: 'authority_away' });
    driver.now += 60_000;
    driver.append(upgradeOf(driver));
    expect(driver.world).toMatchObject({ version: 2, paused: true, state: { seconds: 2, factor: 2 } });
    driver.append({ kind: 'resume' });
    driver.append({ kind: 'time' });
    expect(driver.world).toMatchObject({ paused: false, state: { seconds: 62, pausedAt: null } });
  });

  it('[L181] that says another state before or after, or leads anywhere but to the next version, is refused', async () => {
    const changes: readonly [Partial<UpgradeEntry>, string, string][] = [
      [{ stateBefore: sha256(nothing) }, 'state_mismatch', 'before the upgrade'],
      [{ stateAfter: sha256(nothing) }, 'state_mismatch', 'after the upgrade'],
      [{ toVersion: 1 }, 'upgrade_version', 'from 1 to 1'],
      [{ toVersion: 3 }, 'upgrade_version', 'from 1 to 3'],
    ];
    for (const [change, code, message] of changes) {
      const { driver } = await played();
      const entry = { ...upgradeOf(driver), ...change };
      expect(step(both, driver.world, encodeEntry(entry))).toEqual({ ok: false, code, message });
    }
    const { driver } = await played();
    const entry = upgradeOf(driver);
    const broken: AnyGame = {
      ...doubling,
      migrate() {
        throw new Error('not this one');
      },
    };
    const game: AnyGame = { ...counter, later: [broken] };
    expect(step(game, driver.world, encodeEntry(entry))).toMatchObject({ code: 'rules_fault' });
  });

  it('[L182] to a version that is not built in convicts nobody: rules_unknown, from a log and from a snapshot', async () => {
    const { driver } = await played();
    const entry = upgradeOf(driver);
    driver.append(entry);
    const older = unwrap(openWorld(counter, driver.entries[0] ?? nothing));
    const last = driver.entries.map((bytes, i) => (i === 0 ? undefined : step(counter, older, bytes))).at(-1);
    expect(last).toMatchObject({ ok: false, code: 'rules_unknown', message: 'counter 2 is not built in' });
    const snapshot = encodeWorld(both, driver.world);
    expect(parseWorld(counter, snapshot)).toMatchObject({ ok: false, code: 'rules_unknown' });
  });

  it('[L183] a snapshot after it says by which version it goes on, and a log goes on from there', async () => {
    const { driver, ada } = await played();
    driver.append(upgradeOf(driver));
    const resumed = decodeWorld(both, encodeWorld(both, driver.world));
    expect(resumed.version).toBe(2);
    const { bytes, sig } = await driver.intent(ada, 'add', { count: 4 });
    const arrival = { bytes, sig, at: driver.now, via: 'local' };
    const { entryBytes } = unwrap(admit(both, resumed, arrival));
    unwrap(step(both, resumed, entryBytes));
    unwrap(await driver.send(ada, 'add', { count: 4 }));
    expect(stateHash(both, resumed)).toEqual(stateHash(both, driver.world));
  });

  it('[L184] verify runs the rules of both versions, and warns where the sources of one are others', async () => {
    const built = await buildWorld({
      ...options,
      async script(driver) {
        const ada = driver.actor('ada');
        unwrap(await driver.send(ada, 'join', { name: 'Ada' }));
        driver.append(upgradeOf(driver));
        unwrap(await driver.send(ada, 'add', { count: 2 }));
        driver.close('abandoned');
      },
    });
    const source = memorySource(new Map(bundleMembers(built).map(({ name, bytes }) => [name, bytes])));
    const rulesOf = async (game: AnyGame) => {
      const report = await verify(source, { games: [game], level: 'full' });
      expect(report).toMatchObject({ failure: null, valid: true, version: 1 });
      return report.checks.find(({ name }) => name === 'rules')?.detail;
    };
    expect(await rulesOf(both)).toContain('by the very rules that the log names, over 1 upgrade');
    const other = { ...doubling, rules: sha256(nothing) };
    const warned = await rulesOf({ ...counter, later: [other] });
    expect(warned).toContain('warning: other sources of version 2, over 1 upgrade; the state hashes decide');
    const report = await verify(source, { games: [counter], level: 'full' });
    expect(report.failure).toMatchObject({ code: 'rules_unknown', message: 'counter 2 is not built in' });
  });
});
