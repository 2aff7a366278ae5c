/** The session handshake and its tokens. Tokens are sealed with the relay's secret, so that a restart keeps them. */
import { timingSafeEqual } from 'node:crypto';
import {
  type Bytes,
  type Result,
  base64urlToBytes,
  bytesToBase64url,
  bytesToHex,
  decodeCbor,
  encodeCbor,
  err,
  hmacSha256,
  isBytes,
  ok,
  verifyEd25519,
} from '@fairground/ledger';
import {
  CHALLENGE_MS,
  type ChallengeReply,
  type Did,
  SESSION_MS,
  type SessionReply,
  type SessionRequest,
  didBytes,
  formatDid,
  sessionMessage,
} from '@fairground/protocol';
import type { Who } from '../docs/connection.ts';
import type { Clock, Random } from '../ports.ts';

export interface Sessions {
  challenge(key: Did): ChallengeReply;
  /** `hosts`: the spellings of the host that the client dialled, all of them names of this relay. */
  open(
    request: SessionRequest,
    hosts: readonly string[],
  ): Promise<Result<SessionReply, 'challenge_unknown' | 'signature_invalid'>>;
  read(token: string): Result<Who, 'session_invalid'>;
}

export interface SessionDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** 32 bytes. */
  readonly secret: Bytes;
}

interface OpenChallenge {
  readonly key: Did;
  readonly expires: number;
}

const mostChallenges = 50_000;

export function createSessions({ clock, random, secret }: SessionDeps): Sessions {
  const challenges = new Map<string, OpenChallenge>();
  return {
    challenge(key) {
      const challenge = bytesToBase64url(random(32));
      const expires = clock.now() + CHALLENGE_MS;
      challenges.set(challenge, { key, expires });
      const [oldest] = challenges.keys();
      if (challenges.size > mostChallenges && oldest !== undefined) challenges.delete(oldest);
      return { challenge, expires };
    },
    async open({ key, challenge, signature }, hosts) {
      const open = challenges.get(challenge);
      challenges.delete(challenge);
      if (!open || open.key !== key || open.expires <= clock.now()) return err('challenge_unknown');
      const bytes = base64urlToBytes(challenge);
      const sig = base64urlToBytes(signature);
      if (!bytes || !sig) return err('signature_invalid');
      for (const host of hosts) {
        const message = sessionMessage({ host, key, expires: open.expires, challenge: bytes });
        if (await verifyEd25519(didBytes(key), message, sig)) return ok(issue(didBytes(key)));
      }
      return err('signature_invalid');
    },
    read: (token) => readToken(token),
  };

  function issue(key: Bytes): SessionReply {
    const expires = clock.now() + SESSION_MS;
    const body = encodeCbor([key, expires, random(8)]);
    return { token: `${bytesToBase64url(body)}.${bytesToBase64url(hmacSha256(secret, body))}`, expires };
  }

  function readToken(token: string): Result<Who, 'session_invalid'> {
    const [first = '', second = '', ...rest] = token.split('.');
    const body = base64urlToBytes(first);
    const mac = base64urlToBytes(second);
    if (!body || mac?.length !== 32 || rest.length > 0) return err('session_invalid');
    if (!timingSafeEqual(mac, hmacSha256(secret, body))) return err('session_invalid');
    const decoded = decodeCbor(body);
    const fields: unknown = decoded.ok ? decoded.value : undefined;
    if (!Array.isArray(fields)) return err('session_invalid');
    const [key, expires, sid]: readonly unknown[] = fields;
    if (!isBytes(key) || typeof expires !== 'number' || !isBytes(sid) || expires <= clock.now())
      return err('session_invalid');
    return ok({ did: formatDid(key), key, hex: bytesToHex(key), sid: bytesToHex(sid) });
  }
}
