/** What a seat may say; the strict form of an intent's body, with its kind. */
import { z } from 'zod';
import { bytes32, bytesUpTo, textUpTo, uint, uint32 } from '../schema.ts';
import { ConfigChange } from './config.ts';
import { ANSWER_SIZE, TEXT_ANSWER_SIZE } from './kinds.ts';

const AEAD_TAG = 16;

const Seal = z.strictObject({
  commit: bytes32,
  enc: bytes32,
  /** Which of the two a question takes, its kind says. */
  ct: bytesUpTo(TEXT_ANSWER_SIZE + AEAD_TAG).refine(
    ({ length }) => length === ANSWER_SIZE + AEAD_TAG || length === TEXT_ANSWER_SIZE + AEAD_TAG,
    'padded wrongly',
  ),
});
type Seal = z.infer<typeof Seal>;

/** Whether a sealed value was padded to this many bytes. */
export function isPaddedTo({ ct }: Seal, size: number): boolean {
  return ct.length === size + AEAD_TAG;
}

/** Why, in the host's words. */
const why = textUpTo(80).exactOptional();
/** Whoever is kicked may come back some time, if only after the match. */
export const MAX_OUT_MS = 86_400_000;

export const VOTES = ['up', 'down', 'flag'] as const;
export type VoteWord = (typeof VOTES)[number];

export const Body = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('join'),
    /** Validity and uniqueness are for the rules, which refuse with a code. */
    name: z.string().max(96),
    avatar: uint32,
    /** The seat's X25519 key, for what is sealed to it alone. */
    box: bytes32,
    /** Its commit to a share of the dice. */
    rand: bytes32,
  }),
  z.strictObject({ kind: z.literal('leave') }),
  z.strictObject({ kind: z.literal('ready'), ready: z.boolean() }),
  z.strictObject({ kind: z.literal('configure'), ...ConfigChange.shape }),
  z.strictObject({ kind: z.literal('start') }),
  z.strictObject({ kind: z.literal('share'), round: uint, nonce: bytes32, secret: bytes32 }),
  z.strictObject({ kind: z.literal('answer'), lot: uint, seal: Seal }),
  z.strictObject({
    kind: z.literal('vote'),
    question: uint,
    vote: z.enum(VOTES),
    note: textUpTo(200).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('next') }),
  z.strictObject({ kind: z.literal('close') }),
  z.strictObject({ kind: z.literal('pause'), why }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('skip') }),
  z.strictObject({ kind: z.literal('lock'), locked: z.boolean() }),
  z.strictObject({ kind: z.literal('kick'), who: bytes32, forMs: uint.max(MAX_OUT_MS), why }),
  z.strictObject({ kind: z.literal('handover'), to: bytes32 }),
  /** Asks whether the host is still there. */
  z.strictObject({ kind: z.literal('claim') }),
  /** A device's word that it is: to the claim that was made at that time, in the question that is being closed. */
  z.strictObject({
    kind: z.literal('here'),
    claim: uint.exactOptional(),
    lot: uint.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('team'), team: uint.max(5) }),
  z.strictObject({ kind: z.literal('wager'), lot: uint, seal: Seal }),
]);
export type Body = z.infer<typeof Body>;

/** An intent's body by its kind. */
export type BodyOf<Kind extends Body['kind']> = Extract<Body, { readonly kind: Kind }>;
