/** Each call by which a commit reaches the disk fails once, one after the other: the client goes on, or the process is killed on top of it. */
import type { Seed } from '@fairground/cli';
import { type Lobby, openLobby } from '../crowd/lobby.ts';
import type { House, Part } from '../house/house.ts';
import { judge } from '../judge/judge.ts';
import { type Testimony, createTestimony } from '../judge/testimony.ts';
import { reasonsOf, until } from './noRoom.ts';
import { type Attached, type Call, type Injection, attach } from './strace.ts';

export interface CallPlan {
  readonly house: House;
  readonly part: Part;
  /** Each is counted by itself, from the first to the last of a commit. */
  readonly targets: readonly Target[];
  readonly errors: readonly Injection['error'][];
  /** `goes on`: it has to answer by itself. `killed`: with -9 as soon as the call has failed, and started again. */
  readonly ending: 'goes on' | 'killed';
  readonly seed: Seed;
  readonly patienceMs: number;
  tell(line: string): void;
}

export interface Target {
  readonly file: string;
  readonly call: Call;
  /** At most so many; all of them if not given. */
  readonly most?: number;
  /** Not every commit does it: there are commits until one does. */
  readonly isRare?: boolean;
}

export interface FailedCall extends Target {
  readonly error: Injection['error'];
  readonly nth: number;
  /** As strace saw it. */
  readonly seen: string;
  /** Of a sync that failed and a process that went on: whether what it was to make durable was written again. */
  readonly wasWrittenAgain?: boolean;
  readonly faults: readonly string[];
}

export async function failEveryCall(plan: CallPlan): Promise<readonly FailedCall[]> {
  const testimony = createTestimony(plan.house.key);
  await plan.house.start();
  const lobby = await openLobby(plan.house.url, plan.seed, testimony);
  const failed: FailedCall[] = [];
  try {
    await lobby.counted(await lobby.say(), plan.patienceMs);
    for (const target of plan.targets) {
      for (const error of plan.errors)
        failed.push(...(await failTarget(plan, lobby, testimony, { ...target, error })));
    }
    return failed;
  } finally {
    lobby.close();
  }
}

type Where = Target & Pick<FailedCall, 'error'>;

async function failTarget(
  plan: CallPlan,
  lobby: Lobby,
  testimony: Testimony,
  where: Where,
): Promise<readonly FailedCall[]> {
  const failed: FailedCall[] = [];
  for (let nth = 1; nth <= (where.most ?? Infinity); nth++) {
    const one = await failOne(plan, lobby, testimony, { ...where, nth });
    if (!one) break;
    const again = one.wasWrittenAgain ? ' (and was written again)' : '';
    plan.tell(`  ${plan.part}, ${where.call} ${nth}, ${plan.ending}: ${one.seen}${again}`);
    failed.push(one);
  }
  return failed;
}

/** Undefined if the commit has no so many calls. */
async function failOne(
  { house, part, ending, patienceMs }: CallPlan,
  lobby: Lobby,
  testimony: Testimony,
  where: Where & { readonly nth: number },
): Promise<FailedCall | undefined> {
  const { file, call, error, nth, isRare } = where;
  await until(
    () => reasonsOf(house),
    (reasons) => reasons?.length === 0,
    patienceMs,
  );
  const attached = await attach(house.process(part).pid, { error, path: file, only: { call, nth } });
  try {
    let id = await lobby.say();
    let isHit = await hitOrDone(attached, lobby.counted(id, patienceMs));
    for (let more = 0; isRare && !isHit && more < MOST_COMMITS; more++) {
      id = await lobby.say();
      await lobby.counted(id, patienceMs);
      isHit = (await attached.hits()) > 0;
    }
    if (!isHit) return undefined;
    const faults = ending === 'killed' ? await killAndStart(house, part, testimony) : [];
    await lobby.counted(id, patienceMs);
    // What is to be written again is written with the next commit at the latest.
    await lobby.counted(await lobby.say(), patienceMs);
    const lines = await attached.calls();
    const again = ending === 'goes on' ? writtenAgain(lines) : undefined;
    const seen = lines.find((line) => line.includes('(INJECTED)')) ?? '';
    faults.push(...(await judge(house, testimony)));
    return {
      ...where,
      seen: shortened(seen),
      faults,
      ...(again === undefined ? {} : { wasWrittenAgain: again }),
    };
  } finally {
    await attached.detach();
  }
}

async function killAndStart(house: House, part: Part, testimony: Testimony): Promise<string[]> {
  await house.stop([part]);
  const faults = await judge(house, testimony);
  await house.start();
  return [...faults];
}

/** SQLite copies its WAL into the file after a thousand pages. */
const MOST_COMMITS = 600;
const LOOK_MS = 20;
/** Checkpoints reach the store a quarter of a second after their commit. */
const LOOKS_AFTER = 40;

/** True when a call has failed; false when the commit is through, and what follows it too. */
async function hitOrDone(attached: Attached, done: Promise<void>): Promise<boolean> {
  let looksLeft = Infinity;
  const fault = done.then(
    () => void (looksLeft = LOOKS_AFTER),
    () => void (looksLeft = LOOKS_AFTER),
  );
  for (; looksLeft > 0; looksLeft--) {
    if ((await attached.hits()) > 0) return true;
    await new Promise((resume) => setTimeout(resume, LOOK_MS));
  }
  await fault;
  return false;
}

/**
 * After a sync that failed the kernel may call pages clean that are not on the disk (fsyncgate): only what is written again is synced by
 * the next one. Undefined when no sync failed.
 */
export function writtenAgain(lines: readonly string[]): boolean | undefined {
  const at = lines.findIndex((line) => /f(data)?sync\(/.test(line) && line.includes('(INJECTED)'));
  if (at < 0) return undefined;
  const before = offsets(lines.slice(0, at));
  const after = offsets(lines.slice(at + 1));
  const synced = lines.slice(0, at).findLastIndex((line) => /f(data)?sync\(/.test(line));
  const owed = synced < 0 ? before : offsets(lines.slice(synced + 1, at));
  return owed.length > 0 && Math.min(...after) <= Math.min(...owed);
}

function offsets(lines: readonly string[]): readonly number[] {
  return lines.flatMap((line) => {
    const offset = /pwrite64\(.*, \d+, (\d+)(\)| <unfinished)/.exec(line)?.[1];
    return offset === undefined ? [] : [Number(offset)];
  });
}

function shortened(call: string): string {
  return call
    .replace(/^\d+ +/, '')
    .replace(/<[^>]*\//, '<')
    .replace(/, "(?:[^"\\]|\\.)*"\.*/, ', …');
}
