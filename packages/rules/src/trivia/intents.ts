/** What a seat may say; the strict form of an intent's body, with its kind. */
import { z } from 'zod';
import { bytes32, bytesUpTo, textUpTo, uint, uint32 } from '../schema.ts';
import { ConfigChange } from './config.ts';

/** Bytes of a sealed answer's padded plaintext: the length of the ciphertext says nothing. */
export const ANSWER_SIZE = 64;
const AEAD_TAG = 16;

const Seal = z.strictObject({
  commit: bytes32,
  enc: bytes32,
  ct: bytesUpTo(ANSWER_SIZE + AEAD_TAG).refine(
    (ct) => ct.length === ANSWER_SIZE + AEAD_TAG,
    'padded wrongly',
  ),
});

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
]);
export type Body = z.infer<typeof Body>;

/** An intent's body by its kind. */
export type BodyOf<Kind extends Body['kind']> = Extract<Body, { readonly kind: Kind }>;
