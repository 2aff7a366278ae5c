/** Fills a trivia screen from a follower and a room: thin, it decides nothing that the rules decide. */
import type { Follower, FollowerState, Peer, Room } from '@fairground/peer';
import { profile } from '#lib/play/profile.svelte.ts';
import { reactive } from '#lib/play/reactive.ts';
import { intendsToPlay, intendToPlay, intendToWatch } from '#lib/room/intention.ts';
import type { RoomFacts } from '#lib/room/types.ts';
import type { Vote } from '#lib/ui/Feedback.svelte';
import { announce } from '#lib/ui/announcer.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { goto } from '$app/navigation';
import { saveFile } from '../abilities.ts';
import { ANSWER_SIZE, joinBody } from './intents.ts';
import { myLock } from './lock.ts';
import { draftsOf, nameLines } from './roomWords.ts';
import type { TriviaScreen } from './screen.ts';
import type { TriviaView } from './view.ts';

export interface ScreenSource {
  peer(): Peer;
  follower(): Follower;
  room(): Room | undefined;
  facts(): RoomFacts;
  now(): FollowerState;
  onnewworld(): void;
}

export type LiveTriviaScreen = TriviaScreen & { readonly trouble: string | undefined };

/** How long the host's last turn of a knob rests before it is sent. */
const SETTLE_MS = 500;

// oxlint-disable-next-line eslint/max-lines-per-function -- one owner of one page's state; its parts are the small functions inside
export function createTriviaScreen(source: ScreenSource): LiveTriviaScreen {
  // The follower checked the game's name before this page was chosen: the view is trivia's.
  const view = $derived(source.now().view as TriviaView);
  const records = $derived(reactive(source.follower().mine));
  const people = $derived(optional(source.room()?.people));
  const lines = $derived(optional(source.room()?.chat.lines));
  const settings = $derived(optional(source.room()?.settings));
  const isHost = $derived(view.me !== undefined && view.me === view.host);
  const seated = $derived(view.standings.some((seat) => seat.id === view.me));
  const drafts = $derived(draftsOf(settings?.current ?? {}, view, people?.current ?? []));
  const chat = $derived(nameLines(lines?.current ?? [], view, people?.current ?? []));
  const watching = $derived(
    Math.max(0, (people?.current.length ?? 0) - view.standings.filter((seat) => seat.present).length),
  );
  let own = $state<Record<string, number | boolean>>({});
  let trouble = $state<string>();
  let again = $state(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function submit(...[wish]: Parameters<Follower['submit']>) {
    trouble = undefined;
    const stored = await source.follower().submit(wish);
    if (!stored.ok) trouble = stored.code;
  }

  async function join() {
    const { room } = source.facts();
    if (room) intendToPlay(room);
    const follower = source.follower();
    await submit({ kind: 'join', body: joinBody(follower.secret, source.peer().identity.key, profile) });
  }

  // Whoever chose to play, here or in the match before, sits down without being asked again; once a world.
  let asked: Follower | undefined;
  $effect(() => {
    const follower = source.follower();
    const { room } = source.facts();
    if (
      asked === follower ||
      seated ||
      !room ||
      !intendsToPlay(room) ||
      view.phase === 'over' ||
      view.phase === 'closed'
    )
      return;
    asked = follower;
    void join();
  });
  $effect(() => {
    const { room } = source.facts();
    if (seated && room) intendToPlay(room);
  });
  // Whoever is in the room shows a name and a face.
  $effect(() => source.room()?.present({ name: profile.name, avatar: profile.avatar }));
  // The newest refusal of something that has no place of its own on the page.
  const refused = $derived(
    records.current.findLast(
      ({ state, plan }) => (state === 'refused' || state === 'failed') && plan.kind !== 'answer',
    ),
  );
  const newest = $derived(records.current.at(-1));

  function draft(setting: string, value: number | boolean) {
    own = { ...own, [setting]: value };
    source.room()?.setSetting(setting, value);
    clearTimeout(timer);
    timer = setTimeout(() => {
      void submit({ kind: 'configure', body: $state.snapshot(own) });
      own = {};
    }, SETTLE_MS);
  }

  async function playAgain() {
    again = true;
    const { room, visibility } = source.facts();
    const config = { ...view.config, topics: [...view.config.topics] };
    const made = room
      ? await source.peer().createWorld({ game: 'trivia', config, visibility, room: room as never })
      : undefined;
    again = false;
    if (!made) return;
    if (!made.ok) {
      trouble = made.code;
      return;
    }
    source.room()?.hintWorld(made.value.world);
    source.onnewworld();
  }

  async function takeHome() {
    const { exportWorld } = await import('../exportWorld.ts');
    const bytes = await exportWorld(source.peer(), source.follower(), source.facts());
    if (bytes) saveFile(`${fileName(view.title)}.fair`, bytes, 'application/zip');
    else trouble = 'unreachable';
  }

  return {
    get view() {
      return view;
    },
    get facts() {
      return source.facts();
    },
    get isHost() {
      return isHost;
    },
    get clockOffset() {
      return source.now().clockOffset;
    },
    get verified() {
      const { status, verified } = source.now();
      return status === 'fault' ? 'signed' : verified.level;
    },
    get online() {
      return source.now().status === 'live';
    },
    get chat() {
      return chat;
    },
    get drafts() {
      return isHost
        ? Object.fromEntries(Object.entries(own).map(([key, value]) => [key, { value, by: profile.name }]))
        : drafts;
    },
    get watching() {
      return watching;
    },
    get lock() {
      return view.round ? myLock(records.current, view.round.index) : undefined;
    },
    get myVote() {
      const question = view.round?.index;
      const mine = records.current.findLast(
        ({ plan }) => plan.kind === 'vote' && plan.body['question'] === question,
      );
      const vote = mine?.plan.body['vote'];
      return vote === 'up' || vote === 'down' || vote === 'flag' ? (vote satisfies Vote) : undefined;
    },
    get trouble() {
      return trouble ?? (refused && refused === newest ? (refused.code ?? 'refused') : undefined);
    },
    pending: (kind) =>
      kind === 'again'
        ? again
        : records.current.some(
            ({ plan, state }) => plan.kind === kind && (state === 'stored' || state === 'received'),
          ),
    join: () => void join(),
    leave() {
      const { room } = source.facts();
      if (room) intendToWatch(room);
      void submit({ kind: 'leave' }).then(() => goto('/'));
    },
    ready: (ready) => void submit({ kind: 'ready', body: { ready } }),
    draft,
    start: () => void submit({ kind: 'start' }),
    answer: (choice) => {
      const lot = view.round?.index;
      if (lot !== undefined) void submit({ kind: 'answer', seal: { lot, value: choice, size: ANSWER_SIZE } });
    },
    vote: (vote) => {
      const question = view.round?.index;
      if (question !== undefined) void submit({ kind: 'vote', body: { question, vote, note: '' } });
    },
    next: () => void submit({ kind: 'next' }),
    get say() {
      const chatRoom = source.room();
      return (
        chatRoom && ((text: string) => void chatRoom.chat.send(text).catch(() => announce(m.chat_failed())))
      );
    },
    playAgain: () => void playAgain(),
    takeHome: () => void takeHome(),
  };
}

function optional<T>(live: Parameters<typeof reactive<T>>[0] | undefined) {
  return live && reactive(live);
}

/** A file name that every system takes. */
function fileName(title: string): string {
  return (
    title
      .normalize('NFKD')
      .replaceAll(/[^A-Za-z0-9]+/gu, '-')
      .replaceAll(/^-|-$/gu, '')
      .toLowerCase() || 'fairground'
  );
}
