/** A lobby that people are in: presence, chat, drafts of settings, and a hint which world is played now. */
import type { Bytes } from '@fairground/ledger';
import { formatDid, parseDid, parseWorldId, Presence, ROOM_META, ROOM_SETTINGS } from '@fairground/protocol';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { DocumentStatus, OpenDocument } from '../document.ts';
import type { Identity } from '../identity.ts';
import { createLive, type Live } from '../live.ts';
import type { Clock } from '../ports.ts';
import { type Chat, createChat } from './chat.ts';
import { createReactions, type Reactions } from './reactions.ts';

export interface Person extends Presence {
  readonly client: number;
  readonly me: boolean;
}

/** A draft of one setting and who wrote it. */
export interface SettingDraft {
  readonly value: unknown;
  /** did:key of the author. */
  readonly by: string;
}

export interface Room {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly status: Live<DocumentStatus>;
  readonly people: Live<readonly Person[]>;
  readonly chat: Chat;
  readonly reactions: Reactions;
  readonly settings: Live<Readonly<Record<string, SettingDraft>>>;
  /** What somebody says is played now; `Peer.roomInfo` confirms it. */
  readonly worldHint: Live<string | undefined>;
  setSetting(name: string, value: unknown): void;
  hintWorld(world: string): void;
  /** Merges into this device's presence. */
  present(presence: Omit<Presence, 'key'>): void;
  reconnect(): void;
  close(): void;
}

const MOST_DRAFTS = 64;
const HINT_MS = 2000;

export function createRoom(deps: {
  readonly room: Bytes;
  readonly document: OpenDocument;
  readonly identity: Identity;
  readonly clock: Clock;
}): Room {
  const { document, identity } = deps;
  const { doc, awareness } = document;
  const me = formatDid(identity.key);
  const settingsMap = doc.getMap<unknown>(ROOM_SETTINGS);
  const meta = doc.getMap<unknown>(ROOM_META);
  const people = createLive<readonly Person[]>([]);
  const settings = createLive<Readonly<Record<string, SettingDraft>>>({});
  const worldHint = createLive<string | undefined>(undefined);

  const showPeople = () => {
    const all = [...awareness.getStates()].map(([client, state]) => toPerson(client, state, doc.clientID));
    people.set(all.filter((person) => person !== undefined));
  };
  awareness.on('change', showPeople);
  settingsMap.observe(() => settings.set(draftsOf(settingsMap)));
  // Everybody who hears a hint asks the relay about it: whoever changes it all the time must not make them all ask all the time.
  let isHintAwaited = false;
  const hear = () => {
    if (isHintAwaited) return;
    isHintAwaited = true;
    worldHint.set(hintOf(meta.get('world')));
    stopHearing = deps.clock.setTimer(HINT_MS, () => {
      isHintAwaited = false;
      if (hintOf(meta.get('world')) !== worldHint.value) hear();
    });
  };
  let stopHearing = () => {};
  meta.observe(hear);
  // After a cut the relay has dropped our presence: an equal clock would be ignored, a new state is not.
  const stop = document.status.subscribe((status) => {
    if (status === 'online') awareness.setLocalState({ ...awareness.getLocalState(), key: me });
  });

  return {
    doc,
    awareness,
    status: document.status,
    people,
    chat: createChat({ doc, room: deps.room, identity, clock: deps.clock }),
    reactions: createReactions({ doc, room: deps.room, identity }),
    settings,
    worldHint,
    setSetting: (name, value) => void settingsMap.set(name, { value, by: me }),
    hintWorld: (world) => void meta.set('world', world),
    present: (presence) => awareness.setLocalState({ ...awareness.getLocalState(), ...presence, key: me }),
    reconnect: document.reconnect,
    close() {
      stop();
      stopHearing();
      document.close();
    },
  };
}

/** Anybody in the room may put anything there: what is no draft is left out, and no more are shown than a game has settings. */
function draftsOf(map: Y.Map<unknown>): Readonly<Record<string, SettingDraft>> {
  const drafts: (readonly [string, SettingDraft])[] = [];
  for (const [name, value] of map.entries()) {
    if (isDraft(value)) drafts.push([name, value]);
    if (drafts.length === MOST_DRAFTS) break; // a key costs a curve check: no more of them than are shown
  }
  return Object.fromEntries(drafts);
}

function isDraft(value: unknown): value is SettingDraft {
  return typeof value === 'object' && value !== null && 'value' in value && isDid(Reflect.get(value, 'by'));
}

function isDid(value: unknown): boolean {
  return typeof value === 'string' && parseDid(value).ok;
}

function hintOf(hint: unknown): string | undefined {
  return typeof hint === 'string' && parseWorldId(hint).ok ? hint : undefined;
}

function toPerson(client: number, state: unknown, mine: number): Person | undefined {
  const presence = Presence.safeParse(state);
  return presence.success && presence.data.key !== undefined
    ? { ...presence.data, client, me: client === mine }
    : undefined;
}
