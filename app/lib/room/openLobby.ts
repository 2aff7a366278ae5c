/** Opens a new room for a trivia match; its host sits down in it. */
import type { Visibility } from '@fairground/protocol';
import { loadPeer } from '#lib/play/connection.svelte.ts';
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
}

export type Opened =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly code: string };

export async function openLobby({ visibility, ...config }: LobbyWish): Promise<Opened> {
  return openWorld('trivia', { ...config, topics: [...config.topics] }, visibility);
}

export async function openWorld(
  game: 'trivia' | 'nim',
  config: { readonly [key: string]: string | number | boolean | string[] },
  visibility: Visibility,
): Promise<Opened> {
  const peer = await loadPeer();
  const made = await peer.createWorld({ game, config, visibility });
  if (!made.ok) return { ok: false, code: made.code };
  const { room, cap } = made.value;
  intendToPlay(room);
  return { ok: true, path: roomPath(room, cap) };
}
