/** Sessions with our relay for those who write: one for each eight sockets, as many client ids as a session may write under. */
import { createHash } from 'node:crypto';
import {
  base64urlToBytes,
  type Bytes,
  bytesToBase64url,
  publicKeyFromSeed,
  signEd25519,
} from '@fairground/ledger';
import { ChallengeReply, formatDid, paths, sessionMessage, SessionReply } from '@fairground/protocol';
import type { RunningServer } from '../servers/startServer.ts';

const PER_SESSION = 8;

export async function openTokens({ kind, port }: RunningServer, writers: number): Promise<readonly string[]> {
  if (kind !== 'ours') return [];
  const tokens: string[] = [];
  for (let first = 0; first < writers; first += PER_SESSION) {
    const seed = new Uint8Array(createHash('sha256').update(`writer ${first}`).digest());
    const token = await openSession(port, seed);
    for (let i = first; i < Math.min(writers, first + PER_SESSION); i++) tokens.push(token);
  }
  return tokens;
}

async function openSession(port: number, seed: Bytes): Promise<string> {
  const host = `127.0.0.1:${port}`;
  const key = formatDid(publicKeyFromSeed(seed));
  const asked = await fetch(`http://${host}${paths.challenge(key)}`);
  const { challenge, expires } = ChallengeReply.parse(await asked.json());
  const bytes = base64urlToBytes(challenge) ?? new Uint8Array(0);
  const signature = bytesToBase64url(
    signEd25519(seed, sessionMessage({ host, key, expires, challenge: bytes })),
  );
  const body = JSON.stringify({ key, challenge, signature });
  const opened = await fetch(`http://${host}${paths.session()}`, { method: 'POST', body });
  return SessionReply.parse(await opened.json()).token;
}
