/** Taking a seat under a name: one that nobody chose gives way to whoever has it here already. */
import type { OutboxRecord } from '@fairground/peer';
import { untrack } from 'svelte';
import { intendToPlay } from '#lib/room/intention.ts';
import type { RoomFacts } from '#lib/room/types.ts';
import { freeName, looksLikeOneOf } from '../freeName.ts';
import { isGenerated } from '../names.ts';
import { newName, profile, saveProfile } from '../profile.svelte.ts';
import type { TriviaView } from './view.ts';

export interface JoiningSource {
  view(): TriviaView;
  facts(): Pick<RoomFacts, 'room'>;
  /** This device's intents, those of earlier pages and of other tabs too. */
  records(): readonly Pick<OutboxRecord, 'id' | 'state' | 'code'>[];
  isJoining(): boolean;
  /** Asks for a seat under the profile's name; undefined when that could not be kept. */
  submit(): Promise<Pick<OutboxRecord, 'id'> | undefined>;
}

/** Call while a component is being set up. The result takes a seat. */
export function createJoining(source: JoiningSource): () => void {
  /** What this page asked for: of refusals that are older, or another tab's, nobody is renamed. */
  let asked = $state<string>();
  const isTaken = $derived(
    source
      .records()
      .some(({ id, state, code }) => id === asked && state === 'refused' && code === 'name_taken'),
  );

  const others = (): readonly string[] => {
    const { standings, me } = source.view();
    return standings.filter(({ id }) => id !== me).map(({ name }) => name);
  };
  const rename = (): void => saveProfile({ name: freeName([...others(), profile.name], newName) });

  async function ask(): Promise<void> {
    asked = undefined;
    asked = (await source.submit())?.id;
  }

  function join(): void {
    const { room } = source.facts();
    if (room) intendToPlay(room);
    // A page before this one may have asked without a network.
    if (source.isJoining()) return;
    if (isGenerated(profile.name) && looksLikeOneOf(profile.name, others())) rename();
    void ask();
  }

  // Two came at the same moment under one name, and neither chose it.
  $effect(() => {
    if (!isTaken || !isGenerated(profile.name)) return;
    untrack(() => {
      rename();
      void ask();
    });
  });
  return join;
}
