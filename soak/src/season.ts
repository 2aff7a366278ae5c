/** A season: one house, tables that play in it, and one kill after the other; each is followed by a judgement of what is left. */
import type { Seed } from '@fairground/cli';
import { readLogs } from '@fairground/authority';
import { type Table, sitDown } from './crowd/table.ts';
import { run } from './house/command.ts';
import { type House, type Layout, type Part, openHouse } from './house/house.ts';
import { judge } from './judge/judge.ts';
import { type Testimony, createTestimony } from './judge/testimony.ts';

export interface SeasonPlan {
  readonly layout: Layout;
  /** Who is killed, one after the other. */
  readonly victims: readonly Victim[];
  /** SIGKILL if not given; whoever is asked to end has to end well. */
  readonly signal?: NodeJS.Signals;
  readonly players: number;
  readonly tables: number;
  readonly questions: number;
  readonly seed: Seed;
  /** Anything that takes longer stands still, ms. */
  readonly patienceMs: number;
  tell(line: string): void;
}

export type Victim = 'authority' | 'relay' | 'both';

export interface Kill {
  readonly victim: Victim;
  /** From the start of what was killed to the first receipt after it, ms. */
  readonly backMs: number;
  readonly ms: number;
  /** From the signal to the end of the process, ms. */
  readonly endMs: number;
}

export interface Season {
  readonly layout: Layout;
  readonly kills: readonly Kill[];
  readonly matches: number;
  readonly receipts: number;
  readonly checkpoints: number;
  readonly entries: number;
  /** What must not be: sentences. */
  readonly faults: readonly string[];
}

export async function playSeason(plan: SeasonPlan): Promise<Season> {
  const house = await openHouse({ layout: plan.layout });
  const testimony = createTestimony(house.key);
  try {
    await house.start();
    const tables = Array.from({ length: plan.tables }, (_, i) => seat(plan, house, testimony, i));
    const kills: Kill[] = [];
    const faults: string[] = [];
    for (const [round, victim] of plan.victims.entries()) {
      const done = await killOnce(plan, { house, testimony, tables }, { round, victim });
      kills.push(done.kill);
      faults.push(...done.faults);
      if (done.faults.length > 0) break;
    }
    const matches = await Promise.all(tables.map((table) => table.finish()));
    faults.push(...(await judge(house, testimony)), ...(await fsckAsOperator(house)));
    const worlds = readLogs(house.dataDir);
    return {
      ...{ layout: plan.layout, kills, faults },
      matches: matches.reduce((sum, count) => sum + count, 0),
      receipts: testimony.receipts.length,
      checkpoints: testimony.checkpoints.length,
      entries: worlds.reduce((sum, { length }) => sum + length, 0),
    };
  } finally {
    await house.close();
  }
}

interface Scene {
  readonly house: House;
  readonly testimony: Testimony;
  readonly tables: readonly Table[];
}

function seat(plan: SeasonPlan, { url }: House, listener: Testimony, i: number): Table {
  const { questions } = plan;
  // A match lives through many kills.
  const patienceMs = 20 * plan.patienceMs;
  const players = Math.floor(plan.players / plan.tables) + (i < plan.players % plan.tables ? 1 : 0);
  const seed = { ...plan.seed, bytes: (label: string) => plan.seed.bytes(`table ${i}, ${label}`) };
  return sitDown({ url, players, questions, seed, listener, patienceMs });
}

async function killOnce(
  plan: SeasonPlan,
  { house, testimony, tables }: Scene,
  { round, victim }: { readonly round: number; readonly victim: Victim },
): Promise<{ readonly kill: Kill; readonly faults: readonly string[] }> {
  const began = performance.now();
  await pause(plan.seed.draws(`kill ${round}`).below(LONGEST_LIFE_MS));
  const parts: readonly Part[] = victim === 'both' ? ['relay', 'authority'] : [victim];
  const signalled = performance.now();
  await house.stop(parts, plan.signal);
  const endMs = performance.now() - signalled;
  const ends = await Promise.all(parts.map((part) => house.process(part).ended));
  const unclean = ends.filter(({ code }) => plan.signal !== undefined && code !== 0);
  const faults = [
    ...(await judge(house, testimony)),
    ...unclean.map(({ code, signal }) => `${victim} ended with ${code ?? signal} when asked to`),
  ];
  const before = testimony.receipts.length;
  const started = performance.now();
  await house.start();
  await Promise.race([
    receiptAfter(testimony, before, plan.patienceMs),
    ...tables.map(({ failed }) => failed),
  ]);
  const now = performance.now();
  const kill = { victim, backMs: now - started, ms: now - began, endMs } satisfies Kill;
  plan.tell(
    `  ${round + 1}: ${victim} killed; ${before} receipts, ${testimony.checkpoints.length} checkpoints; back after ${Math.round(kill.backMs)} ms`,
  );
  return { kill, faults };
}

const LONGEST_LIFE_MS = 1_200;

/** The command itself, at the end; in between what it is made of. */
async function fsckAsOperator({ env }: House): Promise<readonly string[]> {
  const { code, stdout, stderr } = await run(['fsck'], env);
  return code === 0 ? [] : [`fairground fsck ended with ${code}: ${stdout}${stderr}`];
}

function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}

/** Rejects when the server stands still. */
async function receiptAfter(testimony: Testimony, count: number, patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs;
  while (testimony.receipts.length <= count) {
    if (performance.now() > until)
      throw new Error(`no receipt in ${patienceMs} ms after a start: it stands still`);
    await pause(20);
  }
}
