/** A session as any client opens one (formats §9): a signed challenge for a token. */
import { base64urlToBytes, bytesToBase64url } from '@fairground/ledger';
import type { Identity } from '@fairground/peer';
import {
  ChallengeReply,
  dialledHost,
  formatDid,
  paths,
  sessionMessage,
  SessionReply,
} from '@fairground/protocol';

/** Throws when the relay says no. */
export async function sessionToken(url: string, { key, sign }: Identity): Promise<string> {
  const did = formatDid(key);
  const asked = await (await fetch(new URL(paths.challenge(did), url))).json();
  const { challenge, expires } = ChallengeReply.parse(asked);
  const bytes = base64urlToBytes(challenge) ?? new Uint8Array();
  const message = sessionMessage({ host: dialledHost(url), key: did, expires, challenge: bytes });
  const signature = bytesToBase64url(await sign(message));
  const response = await fetch(new URL(paths.session(), url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key: did, challenge, signature }),
  });
  return SessionReply.parse(await response.json()).token;
}
