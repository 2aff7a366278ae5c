/** Verifies a log and runs it again up to any entry, off the page's thread; no network but the log's own address. */
import {
  blobPath,
  bundleNames,
  type BundleSource,
  bundlesForSize,
  bytesToUtf8,
  decodeEntryBundle,
  findGame,
  tilePath,
  urlSource,
  verify,
  type VerifyReport,
  zipSource,
} from '@fairground/ledger';
import { games } from '@fairground/rules';
import { createAside } from './aside.ts';
import { createProver } from './proveEntry.ts';
import { createTape, type Tape } from './tape.ts';
import type { FromWorker, Origin, ToWorker } from './talk.ts';

const say = (message: FromWorker) => postMessage(message);
let tape: Tape | undefined;
let checked: BundleSource | undefined;
let prove: ((index: number) => string) | undefined;

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.ask === 'check') return void checkOrSay(data.origin, data.anchors);
  if (data.ask === 'picture') return void showPicture(data.hash);
  if (!tape) return;
  const { index } = data;
  if (data.ask === 'at') say({ say: 'moment', moment: tape.at(index) });
  else if (data.ask === 'scores') say({ say: 'scores', who: data.who, scores: tape.scores(data.who, index) });
  else if (prove) say({ say: 'proof', index, text: prove(index) });
});

/** A promise that nobody waits for would end in silence. */
async function checkOrSay(origin: Origin, anchors: readonly string[]): Promise<void> {
  const code = origin.kind === 'log' ? 'unreachable' : 'internal';
  await check(origin, anchors).catch(() => say({ say: 'unreadable', code }));
}

async function check(origin: Origin, anchors: readonly string[]): Promise<void> {
  tape = undefined;
  prove = undefined;
  checked = undefined;
  const source = sourceOf(origin);
  if (!source.ok) return say({ say: 'unreadable', code: source.code });
  const aside = createAside();
  const report = await verify(source.value, {
    games,
    level: 'full',
    anchors,
    ...(aside ? { aside } : {}),
    onProgress: ({ phase, done, total }) => say({ say: 'progress', phase, done, total }),
  });
  if (report.valid) await load(source.value, report);
  const { openedAt = 0, marks = [], times = [] } = tape ?? {};
  say({ say: 'report', report, openedAt, marks, times });
}

/** From the file that was checked, or the address; nothing else than what has the hash. */
async function showPicture(hash: string): Promise<void> {
  const path = `blob/${hash}`;
  const bytes = await checked?.read(path).catch(() => undefined);
  const isIt = bytes !== undefined && blobPath(bytes) === path;
  say({ say: 'picture', hash, bytes: isIt ? new Uint8Array(bytes) : undefined });
}

function sourceOf(origin: Origin): { ok: true; value: BundleSource } | { ok: false; code: string } {
  if (origin.kind === 'file') return zipSource(origin.bytes);
  const { base, query } = origin;
  return { ok: true, value: urlSource({ fetch: (url) => fetch(url) }, base, { query }) };
}

async function load(source: BundleSource, { size, game, version }: VerifyReport): Promise<void> {
  const rules = findGame(games, { game, version });
  const entries: Uint8Array<ArrayBuffer>[] = [];
  for (const { level, n, width } of bundlesForSize(size)) {
    const bytes = await source.read(tilePath(level, n, width));
    const bundle = bytes && decodeEntryBundle(bytes);
    if (!bundle?.ok) return;
    entries.push(...bundle.value.map((entry) => new Uint8Array(entry)));
  }
  const note = bytesToUtf8((await source.read(bundleNames.checkpoint)) ?? new Uint8Array(0));
  checked = source;
  tape = rules && createTape(rules, entries);
  prove = note === undefined ? undefined : createProver(entries, note);
}
