/** The handshake by which an authority becomes a known guest of a relay. */
import { type Result, base64urlToBytes, bytesToBase64url, err, ok } from '@fairground/ledger';
import {
  ChallengeReply,
  SessionReply,
  dialledHost,
  formatDid,
  paths,
  sessionMessage,
} from '@fairground/protocol';
import type { SyncSigner } from '../ports.ts';

const patienceMs = 10_000;

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** A token for `/mail`; `relay_unreachable` with the relay's own words where it has any. Never rejects. */
export async function openSession(
  url: string,
  signer: SyncSigner,
  fetch: Fetch,
): Promise<Result<string, 'relay_unreachable'>> {
  try {
    const key = formatDid(signer.key);
    const { challenge, expires } = ChallengeReply.parse(await json(fetch, url + paths.challenge(key)));
    const bytes = base64urlToBytes(challenge) ?? new Uint8Array(0);
    const message = sessionMessage({ host: dialledHost(url), key, expires, challenge: bytes });
    const signature = bytesToBase64url(signer.signSync(message));
    const body = JSON.stringify({ key, challenge, signature });
    const headers = { 'content-type': 'application/json' };
    const opened = await json(fetch, url + paths.session(), { method: 'POST', headers, body });
    return ok(SessionReply.parse(opened).token);
  } catch (fault) {
    return err('relay_unreachable', fault instanceof Error ? fault.message : String(fault));
  }
}

async function json(fetch: Fetch, url: string, init?: RequestInit): Promise<unknown> {
  // Into a connection that a router has forgotten nobody answers.
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) });
  const body = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${body.slice(0, 300)}`);
  return JSON.parse(body);
}
