/** Opens a new room for a trivia match; its host sits down in it. */
import type { Visibility } from '@fairground/protocol';
import { askPeer } from '#lib/play/connection.svelte.ts';
import type { LaterRules } from '#lib/play/trivia/view.ts';
import { roomPath } from './address.ts';
import { intendToPlay } from './intention.ts';

export interface LobbyWish {
  readonly title: string;
  readonly topics: readonly string[];
  readonly language: string;
  readonly visibility: Visibility;
  readonly questions?: number;
  readonly windowMs?: number;
  readonly revealMs?: number;
  readonly streak?: boolean;
  readonly seats?: number;
  readonly rules?: LaterRules;
}

/** A host that is gone is asked for; nobody is stuck with a room that nobody steers. */
const CLAIM_MS = 20_000;

export type Opened =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly code: string };

export async function openLobby({ visibility, rules = {}, ...config }: LobbyWish): Promise<Opened> {
  const { kinds, ...more } = rules;
  const whole = { claimMs: CLAIM_MS, ...config, ...more, topics: [...config.topics] };
  return openWorld('trivia', kinds ? { ...whole, kinds: [...kinds] } : whole, visibility);
}

export async function openWorld(
  game: 'trivia' | 'nim',
  config: { readonly [key: string]: string | number | boolean | string[] },
  visibility: Visibility,
): Promise<Opened> {
  const made = await askPeer((peer) => peer.createWorld({ game, config, visibility }));
  if (!made.ok) return { ok: false, code: made.code };
  const { room, cap } = made.value;
  intendToPlay(room);
  return { ok: true, path: roomPath(room, cap) };
}
