/** What an entry means, in plain words. Every game is told in general; where one has words of its own, they are used. */
import {
  bytesToHex,
  checkpointIn,
  type Genesis,
  type Intent,
  keyToDid,
  type LogEntry,
} from '@fairground/ledger';
import { z } from 'zod';
import { triviaLines } from './narrateTrivia.ts';
import { endWords, whyRefused } from './reasonWords.ts';
import type { Scene } from './scene.ts';

/** A game's own words; undefined where the general ones do. */
export type GameWords = (scene: Scene) => readonly string[] | undefined;

const words: Readonly<Record<string, GameWords>> = { trivia: triviaLines };

export type Narrator = (scene: Scene) => readonly string[];

/** Remembers the names that people join under. */
export function createNarrator(game: string): Narrator {
  const names = new Map<string, string>();
  const own = words[game];
  return (scene) => {
    const { entry, intent } = scene;
    if (entry.kind === 'intent') return intent ? [intentLine(names, intent, entry.refused)] : [];
    return own?.(scene) ?? entryLines(entry);
  };
}

const Body = z.looseObject({
  kind: z.string(),
  name: z.string().optional(),
  count: z.int().optional(),
  question: z.int().optional(),
  vote: z.string().optional(),
  ready: z.boolean().optional(),
  why: z.string().optional(),
  locked: z.boolean().optional(),
  forMs: z.int().optional(),
  team: z.int().optional(),
  who: z.instanceof(Uint8Array).optional(),
  to: z.instanceof(Uint8Array).optional(),
});
type Body = z.infer<typeof Body>;

function intentLine(
  names: Map<string, string>,
  { key, body }: Intent<unknown>,
  refused: string | undefined,
): string {
  const said = Body.parse(body);
  const id = bytesToHex(key);
  if (said.name !== undefined && refused === undefined) names.set(id, said.name);
  const whose = (other: Uint8Array) => names.get(bytesToHex(other)) ?? shortDid(other);
  const who = whose(key);
  return `${who} ${deed(said, whose)}${refused === undefined ? '' : `: refused, ${whyRefused(refused)}`}`;
}

function deed(body: Body, whose: (key: Uint8Array) => string): string {
  const { kind, count, question, vote, ready } = body;
  switch (kind) {
    case 'join':
      return 'joins';
    case 'leave':
      return 'leaves';
    case 'ready':
      return ready === false ? 'is not ready after all' : 'is ready';
    case 'configure':
      return 'changes the settings';
    case 'start':
      return 'starts the match';
    case 'share':
      return 'shows a share of the dice';
    case 'answer':
      return 'locks an answer in';
    case 'vote':
      return `votes "${vote}" on question ${(question ?? 0) + 1}`;
    case 'next':
      return 'goes on';
    case 'close':
      return 'ends it';
    case 'take':
      return `takes ${count} ${count === 1 ? 'stone' : 'stones'}`;
    default:
      return hostDeed(body, whose) ?? `says "${kind}"`;
  }
}

/** What a host does, and what is done about one. */
function hostDeed(
  { kind, why, locked, forMs = 0, team = 0, who, to }: Body,
  whose: (key: Uint8Array) => string,
): string | undefined {
  const because = why === undefined || why === '' ? '' : `: "${why}"`;
  switch (kind) {
    case 'pause':
      return `pauses the match${because}`;
    case 'resume':
      return 'lets the match go on';
    case 'skip':
      return 'skips the question';
    case 'lock':
      return locked === false ? 'lets newcomers in again' : 'locks the room';
    case 'kick':
      return `sends ${who ? whose(who) : 'somebody'} out for ${Math.ceil(forMs / 1000)} s${because}`;
    case 'handover':
      return `makes ${to ? whose(to) : 'somebody'} host`;
    case 'claim':
      return 'asks whether the host is still there';
    case 'here':
      return 'is there';
    case 'team':
      return `joins team ${team + 1}`;
    case 'wager':
      return 'stakes something';
    default:
      return undefined;
  }
}

function entryLines(entry: LogEntry): readonly string[] {
  switch (entry.kind) {
    case 'genesis':
      return [`${shortDid(entry.host)} opens the world at ${entry.authority.name}`, ...parentLines(entry)];
    case 'commit':
      return [`The authority commits to ${entry.commits.length} × "${entry.what}"`];
    case 'key':
      return [`Lot ${entry.lot} opens for sealed values`];
    case 'lock':
      return [`The dice of ${entry.commits.length} are locked, round ${entry.round + 1}`];
    case 'reveal':
      return [
        entry.what === 'dice'
          ? 'The authority shows its share: the dice are cast'
          : `"${entry.what}" ${entry.index} is revealed`,
      ];
    case 'lot':
      return [
        `${entry.openings.length} sealed values of lot ${entry.lot} are opened${entry.void.length > 0 ? `, ${entry.void.length} are void` : ''}`,
      ];
    case 'seen':
      return [`${entry.seen.length} sightings vouch for what has not arrived`];
    case 'think':
      return [`Question ${entry.id} goes to the minds`];
    case 'state':
      return ['The state is signed'];
    case 'pause':
      return ['The authority was away: the match stands still'];
    case 'resume':
      return ['The authority is back'];
    case 'rotate':
      return ["The authority's key changes"];
    case 'upgrade':
      return [`The rules change to version ${entry.toVersion}`];
    case 'close':
      return [`The world is closed: ${endWords(entry.reason)}`];
    case 'time':
    case 'intent':
      return [];
  }
}

/** Where a successor goes on, and what it owns up to. */
function parentLines({ parent }: Genesis): readonly string[] {
  const head = parent && checkpointIn(parent.checkpoint);
  if (!head) return [];
  if (!parent.lost) return [`It goes on from ${head.origin} after ${head.size} entries`];
  const { size, receipts } = parent.lost;
  return [
    `It goes on from ${head.origin}, whose entries ${head.size} to ${size - 1} were lost`,
    ...receipts.map(
      ({ index, intentHash }) => `A receipt is void: entry ${index} of it held ${bytesToHex(intentHash)}`,
    ),
  ];
}

/** Enough to tell keys apart. */
function shortDid(key: Uint8Array): string {
  return `…${keyToDid(key).slice(-8)}`;
}
