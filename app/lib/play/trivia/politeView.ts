/** What a screen shows of rude names: a generated one in their place; of true and false: words of the question's language; of no title: the topic. The ledger keeps what was signed, and so does the proof. */
import { generateName } from '../names.ts';
import { isRude } from '../rudeNames.ts';
import { topicName } from '#lib/ui/topicName.ts';
import { inOwnWords } from './ownWords.ts';
import type { Standing, TriviaView } from './view.ts';

/** Names come by again with every entry. */
const judged = new Map<string, boolean>();

export function politeView(view: TriviaView): TriviaView {
  return inOwnWords(withPoliteNames(withTitle(view)));
}

function withTitle(view: TriviaView): TriviaView {
  const [topic] = view.topics;
  return view.title !== '' || topic === undefined ? view : { ...view, title: topicName(topic) };
}

function withPoliteNames(view: TriviaView): TriviaView {
  const rude = new Map(view.standings.filter(isImpolite).map(({ id, avatar }) => [id, generateName(avatar)]));
  if (rude.size === 0) return view;
  const rename = <T extends { readonly id: string; readonly name: string }>(seat: T): T => {
    const name = rude.get(seat.id);
    return name === undefined ? seat : { ...seat, name };
  };
  const over = view.over && { ...view.over, seats: view.over.seats.map(rename) };
  return { ...view, standings: view.standings.map(rename), ...(over ? { over } : {}) };
}

/** A name as it is shown; `seed` decides what stands in the place of a rude one. */
export function politeName(name: string, seed: number): string {
  return isImpolite({ name }) ? generateName(seed) : name;
}

function isImpolite({ name }: Pick<Standing, 'name'>): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const rude = isRude(name);
  judged.set(name, rude);
  return rude;
}
