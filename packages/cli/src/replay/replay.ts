/** Plays a loaded log again and prints it. */
import { decodeEntry, type LogEntry, step, unwrap } from '@fairground/ledger';
import { CommandFailure } from '../failure.ts';
import { bold, counted, dim, print, printJson } from '../terminal/print.ts';
import { type LoadedLog, loadLog } from './load.ts';
import { createNarrator } from './narrate.ts';

/** `{ index, time, state }` as a spectator sees it after that entry. */
export async function showStateAt(place: string, index: number): Promise<void> {
  const { replay, entries } = await loadLog(place);
  if (index >= entries.length)
    throw new CommandFailure(
      `There is no entry ${index}: the log has ${counted(entries.length, 'entry', 'entries')}, the first is 0.`,
    );
  const { family, world } = replay;
  for (const bytes of entries.slice(1, index + 1))
    unwrap(step(family, world, bytes, { trustIntentSignatures: true }));
  printJson({ index, time: world.at, state: replay.game.view(world.state, {}) });
}

export async function showStory(place: string, asJson: boolean): Promise<void> {
  const log = await loadLog(place);
  const { genesis } = log.replay.world.opening;
  if (!asJson)
    print(
      `${bold(`${genesis.game} ${genesis.version}`)}  ${new Date(genesis.at).toISOString()}  ${dim(counted(log.entries.length, 'entry', 'entries'))}\n`,
    );
  for (const line of storyOf(log)) {
    if (asJson) printJson(line);
    else
      print(
        `${dim(`${String(line.index).padStart(5)}  ${sinceStart(line.time - genesis.at)}`)}  ${line.text}`,
      );
  }
}

interface StoryLine {
  readonly index: number;
  readonly time: number;
  readonly kind: LogEntry['kind'];
  readonly text: string;
}

function* storyOf({ replay, entries }: LoadedLog): Generator<StoryLine> {
  const { family, world } = replay;
  const narrate = createNarrator(family.name);
  for (const [index, bytes] of entries.entries()) {
    const entry = unwrap(decodeEntry(bytes));
    const stepped =
      index === 0 ? undefined : unwrap(step(family, world, bytes, { trustIntentSignatures: true }));
    const lines = narrate({
      entry,
      intent: stepped?.intent,
      view: () => replay.game.view(world.state, {}),
    });
    for (const text of lines) yield { index, time: entry.at, kind: entry.kind, text };
  }
}

/** `+1:02:03.4`, the hours only where there are some. */
function sinceStart(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(tenths / 36_000);
  const minutes = Math.floor(tenths / 600) % 60;
  return `+${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${two(Math.floor(tenths / 10) % 60)}.${tenths % 10}`;
}
