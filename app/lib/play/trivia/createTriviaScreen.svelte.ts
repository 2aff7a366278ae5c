/** Fills a trivia screen from a follower and a room: thin, it decides nothing that the rules decide. */
import type { Follower, FollowerState, OutboxRecord, Peer, Room } from '@fairground/peer';
import { goto } from '$app/navigation';
import { m } from '#lib/paraglide/messages.js';
import { profile } from '#lib/play/profile.svelte.ts';
import { type Reactive, reactive } from '#lib/play/reactive.ts';
import { intendToWatch } from '#lib/room/intention.ts';
import type { BigScreens, ChatEntry, Drafts, RoomFacts } from '#lib/room/types.ts';
import { announce } from '#lib/ui/announcer.svelte.ts';
import type { Vote } from '#lib/ui/Feedback.svelte';
import { createDrafting } from './drafting.svelte.ts';
import type { Said } from '@fairground/rules';
import { createClaiming } from './claiming.svelte.ts';
import { hostDeeds } from './hostDeeds.ts';
import { ANSWER_SIZE, answerSize, joinBody } from './intents.ts';
import { createJoining } from './joining.svelte.ts';
import { isUnderway, myLock, myVote, newestTrouble } from './lock.ts';
import { politeView } from './politeView.ts';
import { draftsOf, nameLines } from './roomWords.ts';
import type { TriviaScreen } from './screen.ts';
import { isScreen, lookersOn, PHONES_SHOW, wantsOptionsOnly } from './screens.ts';
import { saveHome } from './takeHome.ts';
import { createSkipReader, nameSkipped } from './skipped.ts';
import { sitDown } from './sitDown.svelte.ts';
import type { LaterRules, TriviaView } from './view.ts';

export interface ScreenSource {
  peer(): Peer;
  follower(): Follower;
  room(): Room | undefined;
  facts(): RoomFacts;
  now(): FollowerState;
  onnewworld(): void;
}

export type LiveTriviaScreen = TriviaScreen & { readonly trouble: string | undefined };

/** Call while a component is being set up; its effects and its timer end with it. */
export function createTriviaScreen(source: ScreenSource): LiveTriviaScreen {
  return new LiveScreen(source);
}

class LiveScreen implements LiveTriviaScreen {
  readonly #source: ScreenSource;
  readonly #drafting = createDrafting((own) => void this.#submit({ kind: 'configure', body: own }));
  #failed = $state<string>();
  #again = $state(false);
  // The follower checked the game's name before this page was chosen: the view is trivia's.
  readonly view = $derived.by(() => politeView(this.#source.now().view as TriviaView));
  readonly #records = $derived.by(() => reactive(this.#source.follower().mine));
  readonly #people = $derived.by(() => optional(this.#source.room()?.people));
  readonly #lines = $derived.by(() => optional(this.#source.room()?.chat.lines));
  readonly #reactions = $derived.by(() => optional(this.#source.room()?.reactions.shown));
  readonly #settings = $derived.by(() => optional(this.#source.room()?.settings));
  readonly isHost = $derived(this.view.me !== undefined && this.view.me === this.view.host);
  readonly chat: readonly ChatEntry[] = $derived(
    nameLines(
      this.#lines?.current ?? [],
      this.#reactions?.current ?? [],
      this.view,
      this.#people?.current ?? [],
    ),
  );
  readonly drafts: Drafts = $derived(
    this.isHost
      ? this.#drafting.shown(profile.name)
      : draftsOf(this.#settings?.current ?? {}, this.view, this.#people?.current ?? []),
  );
  readonly watching = $derived(
    lookersOn(this.#people?.current ?? [], this.view.standings.filter((s) => s.present).length),
  );
  readonly screens: BigScreens = $derived.by(() => {
    const room = this.#source.room();
    const count = (this.#people?.current ?? []).filter(isScreen).length;
    const wanted = wantsOptionsOnly(this.#settings?.current ?? {}, this.view.host);
    const choose = (on: boolean) => room?.setSetting(PHONES_SHOW, on ? 'options' : 'all');
    return { count, optionsOnly: wanted, onoptions: this.isHost && room ? choose : undefined };
  });
  readonly #claiming = createClaiming({
    view: () => this.view,
    people: () => this.#people?.current,
    claim: () => void this.#submit({ kind: 'claim' }),
  });
  readonly join = createJoining({
    view: () => this.view,
    facts: () => this.facts,
    records: () => this.#records.current,
    isJoining: () => this.pending('join'),
    submit: async () => {
      const { secret } = this.#source.follower();
      return this.#submit({
        kind: 'join',
        body: joinBody(secret, this.#source.peer().identity.key, profile),
      });
    },
  });
  readonly #skippedIn = createSkipReader();
  readonly skipped = $derived.by(() => {
    // The log is no signal: what was verified of it is.
    void this.#source.now();
    return nameSkipped(this.#skippedIn(this.#source.follower().log.entries), this.view.standings);
  });
  readonly lock = $derived(this.view.round && myLock(this.#records.current, this.view.round.index));
  readonly myVote: Vote | undefined = $derived(myVote(this.#records.current, this.view.round?.index));
  readonly trouble = $derived(this.#failed ?? newestTrouble(this.#records.current));

  constructor(source: ScreenSource) {
    this.#source = source;
    sitDown(source, () => this.view, this.join);
    // Whoever is in the room shows a name and a face.
    $effect(() => source.room()?.present({ name: profile.name, avatar: profile.avatar }));
    $effect(() => this.#drafting.close);
  }

  get claim(): TriviaScreen['claim'] {
    return this.#claiming.claim;
  }
  get facts(): RoomFacts {
    return this.#source.facts();
  }
  get clockOffset(): number {
    return this.#source.now().clockOffset;
  }
  get online(): boolean {
    return this.#source.now().status === 'live';
  }
  get verified(): TriviaScreen['verified'] {
    const { status, verified } = this.#source.now();
    return status === 'fault' ? 'signed' : verified.level;
  }
  get say(): TriviaScreen['say'] {
    const chat = this.#source.room()?.chat;
    return chat && ((text) => void chat.send(text).catch(() => announce(m.chat_failed())));
  }

  get react(): TriviaScreen['react'] {
    const reactions = this.#source.room()?.reactions;
    return reactions && ((line, mark) => void reactions.react(line, mark).then(tellIfRefused));
  }

  readonly pending = (kind: string): boolean =>
    kind === 'again' ? this.#again : isUnderway(this.#records.current, kind);

  readonly leave = (): void => {
    const { room } = this.facts;
    if (room) intendToWatch(room);
    void this.#submit({ kind: 'leave' }).then(() => goto('/'));
  };

  readonly ready = (ready: boolean): void => void this.#submit({ kind: 'ready', body: { ready } });
  readonly start = (): void => void this.#submit({ kind: 'start' });
  readonly next = (): void => void this.#submit({ kind: 'next' });

  readonly draft = (setting: string, value: number | boolean): void => {
    this.#drafting.turn(setting, value);
    this.#source.room()?.setSetting(setting, value);
  };

  readonly answer = async (value: Said): Promise<void> => {
    const { index: lot, kind } = this.view.round ?? {};
    if (lot === undefined || kind === undefined) return;
    await this.#submit({ kind: 'answer', seal: { lot, value, size: answerSize(kind) } });
  };

  readonly stake = (value: number): void => {
    const lot = this.view.round?.index;
    if (lot !== undefined) void this.#submit({ kind: 'wager', seal: { lot, value, size: ANSWER_SIZE } });
  };

  readonly vote = (vote: Vote, note = '', question = this.view.round?.index): void => {
    if (question !== undefined) void this.#submit({ kind: 'vote', body: { question, vote, note } });
  };

  readonly voteOf = (question: number): Vote | undefined => myVote(this.#records.current, question);

  readonly team = (team: number): void => void this.#submit({ kind: 'team', body: { team } });
  readonly configure = (change: LaterRules): void =>
    void this.#submit({ kind: 'configure', body: { ...change } });
  readonly host = hostDeeds((wish) => void this.#submit(wish));

  readonly playAgain = (): void => void this.#playAgain();

  readonly takeHome = (): void => void saveHome(this.#source.follower(), this.view.title);

  async #submit(...[wish]: Parameters<Follower['submit']>): Promise<OutboxRecord | undefined> {
    this.#failed = undefined;
    const stored = await this.#source
      .follower()
      .submit(wish)
      .catch(() => undefined);
    if (stored?.ok) return stored.value;
    this.#failed = stored?.code ?? 'internal';
    return undefined;
  }

  async #playAgain(): Promise<void> {
    const { room, visibility } = this.facts;
    if (!room) return;
    this.#again = true;
    const config = { ...this.view.config, topics: [...this.view.config.topics] };
    const made = await this.#source.peer().createWorld({ game: 'trivia', config, visibility, room });
    this.#again = false;
    this.#failed = made.ok ? undefined : made.code;
    if (!made.ok) return;
    this.#source.room()?.hintWorld(made.value.world);
    this.#source.onnewworld();
  }
}

function tellIfRefused(done: Awaited<ReturnType<Room['reactions']['react']>>): void {
  if (!done.ok) announce(m.reaction_spent());
}

function optional<T>(live: Parameters<typeof reactive<T>>[0] | undefined): Reactive<T> | undefined {
  return live && reactive(live);
}
