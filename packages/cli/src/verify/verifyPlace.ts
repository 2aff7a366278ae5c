/** Verifies what lies at a place and makes a report of it, also where there is nothing to open. */
import { type AnyGame, type Bytes, verify, type VerifyLevel } from '@fairground/ledger';
import { createProgress } from '../terminal/progress.ts';
import { createAsideThread } from './asideThread.ts';
import type { Report } from './describe.ts';
import { openSource } from './source.ts';

export interface VerifyWish {
  readonly level: VerifyLevel;
  readonly anchors: readonly string[];
  readonly knownKeys: readonly Bytes[];
  readonly showProgress: boolean;
}

export async function verifyPlace(
  place: string,
  games: readonly AnyGame[],
  wish: VerifyWish,
): Promise<Report> {
  const began = performance.now();
  const opened = await openSource(place);
  if (!opened.ok) {
    const failure = { code: opened.code, index: null, message: opened.message ?? 'the file is damaged' };
    return damaged(wish.level, failure, Math.round(performance.now() - began));
  }
  const { level, anchors, knownKeys, showProgress } = wish;
  const progress = createProgress(showProgress);
  try {
    return await verify(opened.value, {
      games,
      level,
      anchors,
      knownKeys,
      aside: createAsideThread(),
      onProgress: ({ phase, done, total }) => progress.show(`checking ${phase}: ${done} of ${total}`),
    });
  } finally {
    progress.end();
  }
}

function damaged(level: VerifyLevel, failure: NonNullable<Report['failure']>, ms: number): Report {
  const nothing = { world: '', origin: '', game: '', version: 0, size: 0, players: 0 };
  const checks = [{ name: 'container', ok: false, detail: failure.message }];
  return { valid: false, level, trust: 'self-asserted', ...nothing, ms, checks, failure };
}
