/** The kinds of questions, and what each asks of the rules. */

export const KINDS = ['choice', 'boolean', 'multi', 'text', 'number', 'order', 'poll'] as const;
export type Kind = (typeof KINDS)[number];

/** Of a kind that these rules do not know one option is chosen. */
export function kindOf({ kind }: { readonly kind: string }): Kind {
  return KINDS.find((known) => known === kind) ?? 'choice';
}

/** One option is chosen, and its place alone says whether it is right. */
export function isPlain(kind: Kind): boolean {
  return kind === 'choice' || kind === 'boolean' || kind === 'poll';
}

/** Nobody is right or wrong: neither accuracy nor a streak knows of it. */
export function isOpinion(kind: Kind): boolean {
  return kind === 'poll' || kind === 'number';
}

/** Bytes of a sealed answer's padded plaintext: the length of the ciphertext says nothing. */
export const ANSWER_SIZE = 64;
/** The same for words of one's own. */
export const TEXT_ANSWER_SIZE = 224;

/** Of any kind every answer has one size. */
export function answerSize(kind: string): number {
  return kind === 'text' ? TEXT_ANSWER_SIZE : ANSWER_SIZE;
}
