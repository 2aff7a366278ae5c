/** Verifies a log and runs it again up to any entry, off the page's thread; no network but the log's own address. */
import {
  type BundleSource,
  bundlesForSize,
  decodeEntryBundle,
  tilePath,
  urlSource,
  verify,
  type VerifyReport,
  zipSource,
} from '@fairground/ledger';
import { games } from '@fairground/rules';
import { createAside } from './aside.ts';
import { createTape, type Tape } from './tape.ts';
import type { FromWorker, Origin, ToWorker } from './talk.ts';

const say = (message: FromWorker) => postMessage(message);
let tape: Tape | undefined;

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.ask === 'check') void check(data.origin, data.anchors);
  else if (tape) say({ say: 'moment', moment: tape.at(data.index) });
});

async function check(origin: Origin, anchors: readonly string[]): Promise<void> {
  tape = undefined;
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
  tape = report.valid ? await load(source.value, report) : undefined;
  say({ say: 'report', report, openedAt: tape?.openedAt ?? 0, marks: tape?.marks ?? [] });
}

function sourceOf(origin: Origin): { ok: true; value: BundleSource } | { ok: false; code: string } {
  if (origin.kind === 'file') return zipSource(origin.bytes);
  const { base, query } = origin;
  return { ok: true, value: urlSource({ fetch: (url) => fetch(url) }, base, { query }) };
}

async function load(source: BundleSource, { size, game, version }: VerifyReport): Promise<Tape | undefined> {
  const rules = games.find((one) => one.name === game && one.version === version);
  const entries: Uint8Array<ArrayBuffer>[] = [];
  for (const { level, n, width } of bundlesForSize(size)) {
    const bytes = await source.read(tilePath(level, n, width));
    const bundle = bytes && decodeEntryBundle(bytes);
    if (!bundle?.ok) return undefined;
    entries.push(...bundle.value.map((entry) => new Uint8Array(entry)));
  }
  return rules && createTape(rules, entries);
}
