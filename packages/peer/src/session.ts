/** The session that lets this device write: signed once, renewed before it ends or when the relay says so. */
import { base64urlToBytes, bytesToBase64url } from '@fairground/ledger';
import {
  ChallengeReply,
  dialledHost,
  formatDid,
  paths,
  sessionMessage,
  SessionReply,
} from '@fairground/protocol';
import type { Http } from './http.ts';
import type { Identity } from './identity.ts';
import type { Clock } from './ports.ts';

export interface Session {
  /** A token, or undefined while the relay cannot be reached. `fresh` throws the known one away. */
  token(fresh?: boolean): Promise<string | undefined>;
}

export interface SessionDeps {
  readonly url: string;
  readonly http: Http;
  readonly identity: Identity;
  readonly clock: Clock;
}

const RENEW_BEFORE_MS = 60_000;

export function createSession(deps: SessionDeps): Session {
  let known: SessionReply | undefined;
  let opening: Promise<SessionReply | undefined> | undefined;
  return {
    async token(fresh = false) {
      if (fresh) known = undefined;
      if (known && known.expires - RENEW_BEFORE_MS > deps.clock.now()) return known.token;
      opening ??= openSession(deps).finally(() => (opening = undefined));
      known = await opening;
      return known?.token;
    },
  };
}

async function openSession({ url, http, identity }: SessionDeps): Promise<SessionReply | undefined> {
  const key = formatDid(identity.key);
  const asked = await http.json(paths.challenge(key), ChallengeReply);
  if (!asked.ok) return undefined;
  const challenge = base64urlToBytes(asked.value.challenge);
  if (!challenge) return undefined;
  const message = sessionMessage({ host: dialledHost(url), key, expires: asked.value.expires, challenge });
  const signature = bytesToBase64url(await identity.sign(message));
  const opened = await http.json(paths.session(), SessionReply, {
    method: 'POST',
    body: { key, challenge: asked.value.challenge, signature },
  });
  return opened.ok ? opened.value : undefined;
}
