/** A lobby that is being thought out: what was chosen so far, and opening it. */
import { goto } from '$app/navigation';
import { bank } from '#lib/play/bank.svelte.ts';
import { language as reader } from '#lib/play/language.svelte.ts';
import { roomLanguage } from '#lib/play/topicsFor.ts';
import type { LaterRules } from '#lib/play/trivia/view.ts';
import { type Opened, openLobby, openWorld } from '#lib/room/openLobby.ts';
import type { Visibility } from '#lib/room/types.ts';
import { isOfEveryKind } from '#lib/room/kinds.ts';
import { topicName } from '#lib/ui/topicName.ts';

const MOST_TOPICS = 8;
/** As topics are spelled; anything else in an address is not followed. */
const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/u;

export type CreateDraft = Draft;

/** `topic`: chosen from the start, as an address or a card named it. */
export function createDraft(topic?: string | null): CreateDraft {
  return new Draft(topic && SLUG.test(topic) ? [topic] : []);
}

class Draft {
  chosen = $state.raw<readonly string[]>([]);
  questions = $state(10);
  seconds = $state(20);
  reveal = $state(6);
  seats = $state(50);
  streak = $state(true);
  rules = $state.raw<LaterRules>({});
  title = $state('');
  visibility = $state<Visibility>('unlisted');
  busy = $state(false);
  /** The code of what went wrong. */
  problem = $state<string>();
  readonly name = $derived(this.title.trim() || this.chosen.map(topicName).join(', ').slice(0, 60));
  /** Questions that the bank has on what was chosen, of the kinds that will be asked. */
  readonly stock = $derived(
    bank.topics
      .filter(({ slug }) => this.chosen.includes(slug))
      .reduce(
        (sum, topic) => sum + (isOfEveryKind(this.rules) ? topic.count : (topic.plain ?? topic.count)),
        0,
      ),
  );

  constructor(chosen: readonly string[]) {
    this.chosen = chosen;
  }

  readonly toggle = (slug: string): void => {
    this.chosen = this.chosen.includes(slug)
      ? this.chosen.filter((topic) => topic !== slug)
      : [...this.chosen, slug].slice(0, MOST_TOPICS);
  };

  readonly open = (): void => {
    const { questions, seats, streak, rules, visibility } = this;
    const language = roomLanguage(bank.topics, this.chosen, reader.now);
    const config = { questions, windowMs: this.seconds * 1000, revealMs: this.reveal * 1000, seats, streak };
    void this.#run(() =>
      openLobby({ title: this.name, topics: this.chosen, language, visibility, ...config, rules }),
    );
  };

  readonly openNim = (): void => void this.#run(() => openWorld('nim', {}, this.visibility));

  async #run(act: () => Promise<Opened>): Promise<void> {
    this.busy = true;
    this.problem = undefined;
    const opened = await act();
    this.busy = false;
    if (opened.ok) await goto(opened.path);
    else this.problem = opened.code;
  }
}
