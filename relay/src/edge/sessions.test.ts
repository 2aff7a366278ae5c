import { base64urlToBytes, bytesToBase64url, signEd25519, unwrap } from '@fairground/ledger';
import { ChallengeReply, Problem, SessionReply, paths, sessionMessage } from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestRelay, handClock, openSession, person, random, startRelay } from '../testing/party.ts';
import { createHostNames } from './hosts.ts';
import { createSessions } from './sessions.ts';

describe('the handshake over HTTP', () => {
  let relay: TestRelay;
  beforeEach(async () => {
    relay = await startRelay();
  });
  afterEach(() => relay.close());

  it('[Y1] a signed challenge becomes a token', async () => {
    const response = await openSession(relay, person());
    expect(response.status).toBe(200);
    const { token, expires } = SessionReply.parse(await response.json());
    expect(token.length).toBeGreaterThan(40);
    expect(expires).toBeGreaterThan(Date.now() + 3_600_000);
  });

  it('[Y1] a challenge serves once', async () => {
    const { seed, did } = person();
    const { challenge, expires } = ChallengeReply.parse(
      await (await fetch(relay.http + paths.challenge(did))).json(),
    );
    const host = `127.0.0.1:${relay.port}`;
    const bytes = base64urlToBytes(challenge) ?? new Uint8Array();
    const signature = bytesToBase64url(
      signEd25519(seed, sessionMessage({ host, key: did, expires, challenge: bytes })),
    );
    const post = () =>
      fetch(relay.http + paths.session(), {
        method: 'POST',
        body: JSON.stringify({ key: did, challenge, signature }),
      });
    expect((await post()).status).toBe(200);
    const again = await post();
    expect(again.status).toBe(401);
    expect(Problem.parse(await again.json()).code).toBe('challenge_unknown');
  });

  it('[Y2] a session that was signed for another host is refused', async () => {
    const response = await openSession(relay, person(), 'evil.example:80');
    expect(response.status).toBe(400);
    expect(Problem.parse(await response.json()).code).toBe('signature_invalid');
  });

  it('[Y2] a session for the right address but another port is refused', async () => {
    const response = await openSession(relay, person(), `127.0.0.1:${relay.port + 1}`);
    expect(Problem.parse(await response.json()).code).toBe('signature_invalid');
  });

  it('[Y3] a key of small order gets no challenge', async () => {
    const response = await fetch(
      `${relay.http}/session/challenge?key=did:key:z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP`,
    );
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(Problem.parse(await response.json()).code).toBe('key_refused');
  });
});

describe('tokens', () => {
  const secret = new Uint8Array(32).fill(5);
  const host = 'fair.example:443';

  async function open(clock = handClock()) {
    const who = person();
    const sessions = createSessions({ clock, random, secret });
    const { challenge, expires } = sessions.challenge(who.did);
    const bytes = unwrap({ ok: true, value: base64urlToBytes(challenge) ?? new Uint8Array() });
    const signature = bytesToBase64url(
      signEd25519(who.seed, sessionMessage({ host, key: who.did, expires, challenge: bytes })),
    );
    return { who, clock, sessions, request: { key: who.did, challenge, signature } };
  }

  it('[Y4] a token names its key, and survives a restart with the same secret only', async () => {
    const { who, clock, sessions, request } = await open();
    const { token } = unwrap(await sessions.open(request, [host]));
    expect(unwrap(sessions.read(token)).did).toBe(who.did);
    expect(unwrap(createSessions({ clock, random, secret }).read(token)).did).toBe(who.did);
    expect(createSessions({ clock, random, secret: new Uint8Array(32) }).read(token).ok).toBe(false);
  });

  it('[Y4] a token with any changed character is refused', async () => {
    const { sessions, request } = await open();
    const { token } = unwrap(await sessions.open(request, [host]));
    for (let i = 0; i < token.length; i++) {
      const other = token[i] === 'A' ? 'B' : 'A';
      expect(sessions.read(token.slice(0, i) + other + token.slice(i + 1)).ok).toBe(false);
    }
  });

  it('[Y4] a token expires', async () => {
    const { clock, sessions, request } = await open();
    const { token, expires } = unwrap(await sessions.open(request, [host]));
    clock.advance(expires - clock.now() - 1);
    expect(sessions.read(token).ok).toBe(true);
    clock.advance(1);
    expect(sessions.read(token)).toEqual({ ok: false, code: 'session_invalid' });
  });

  it('[Y1] a challenge expires, and is only for the key that asked', async () => {
    const { clock, sessions, request } = await open();
    expect(await sessions.open({ ...request, key: person().did }, [host])).toEqual({
      ok: false,
      code: 'challenge_unknown',
    });
    const late = await open(clock);
    clock.advance(60_000);
    expect(await late.sessions.open(late.request, [host])).toEqual({ ok: false, code: 'challenge_unknown' });
  });
});

describe('[Y2] which hosts are this relay', () => {
  const hosts = createHostNames({
    port: () => 8080,
    publicUrl: 'https://fair.example',
    names: ['lan.example:9000'],
  });

  it.each([
    ['localhost:8080', ['localhost:8080']],
    ['127.0.0.1:8080', ['127.0.0.1:8080']],
    ['FAIR.example', ['fair.example:443', 'fair.example:80', 'fair.example']],
    ['fair.example:443', ['fair.example:443']],
    ['lan.example:9000', ['lan.example:9000']],
  ])('%s is', (header, names) => {
    expect(hosts.match(header)).toEqual(names);
  });

  it.each([
    'localhost:8081',
    'localhost',
    'evil.example',
    'evil.example:8080',
    'lan.example:9001',
    '',
    undefined,
    'a b:8080',
    'localhost:8080:1',
  ])('%s is not', (header) => expect(hosts.match(header)).toEqual([]));
});
