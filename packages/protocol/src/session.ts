/** The session handshake: a challenge, signed once by the device's key, becomes a token. */
import { type Bytes, encodeCbor, signedBytes } from '@fairground/ledger';
import { z } from 'zod';
import type { Did } from './ids.ts';
import { zBase64url, zDid, zUint } from './schema.ts';

/** `GET /session/challenge?key=<did:key>`. */
export const ChallengeReply = z.strictObject({ challenge: zBase64url, expires: zUint });
export type ChallengeReply = z.infer<typeof ChallengeReply>;

/** `POST /session`. */
export const SessionRequest = z.strictObject({ key: zDid, challenge: zBase64url, signature: zBase64url });
export type SessionRequest = z.infer<typeof SessionRequest>;

export const SessionReply = z.strictObject({ token: z.string().min(1).max(512), expires: zUint });
export type SessionReply = z.infer<typeof SessionReply>;

export interface SessionClaim {
  /** host:port as the client dialled it (`dialledHost`), so that one relay's challenge serves no other relay. */
  readonly host: string;
  readonly key: Did;
  /** Of the challenge, in ms. */
  readonly expires: number;
  /** 32 bytes. */
  readonly challenge: Bytes;
}

/** What is signed: `fairground/session/v1\n` ‖ CBOR([host:port, did:key, expires, challenge]). */
export function sessionMessage({ host, key, expires, challenge }: SessionClaim): Bytes {
  return signedBytes('session', encodeCbor([host, key, expires, challenge]));
}

/** `https://fair.example/x` → `fair.example:443`. Throws for what is no http(s) or ws(s) URL. */
export function dialledHost(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  const standard: Readonly<Record<string, string>> = {
    'http:': '80',
    'ws:': '80',
    'https:': '443',
    'wss:': '443',
  };
  const fallback = standard[protocol];
  if (fallback === undefined) throw new Error(`dialledHost: ${protocol} is not dialled`);
  return `${hostname}:${port || fallback}`;
}
