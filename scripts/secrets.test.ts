import { describe, expect, it } from 'vitest';
import { isKeyFile, leaksIn } from './secrets.ts';

describe('secrets', () => {
  it.each([
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['a private key', '-----BEGIN PRIVATE KEY-----'],
    ['a GitHub token', `ghp_${'a1'.repeat(18)}`],
    ['an npm token', `npm_${'Z'.repeat(36)}`],
    ['an npm token', '//registry.example/:_authToken=0123456789'],
    ['an AWS key', `AKIA${'Q'.repeat(16)}`],
    ['an API key', `sk-${'x'.repeat(40)}`],
    ['a JSON web token', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${'s'.repeat(20)}`],
    ['a password in an address', 'postgres://admin:hunter22@db.example/x'],
    ['a secret that is assigned', `"api_key": "${'k9'.repeat(12)}"`],
  ])('[TOOL6] finds %s', (what, text) => {
    expect(leaksIn(`one\n${text}\n`)).toContainEqual({ line: 2, what });
  });

  it.each([
    'const secret = random(32);',
    'password: string',
    'https://fair.example:8080/x',
    'did:key:z6Mk',
    'wss://host/docs?token=…',
  ])('[TOOL6] leaves %s alone', (text) => expect(leaksIn(text)).toEqual([]));

  it('[TOOL6] knows files of keys by their names', () => {
    expect(['a/id_ed25519', '.env', 'x/cert.pem', 'data/authority.key'].filter(isKeyFile)).toHaveLength(4);
    expect(['.env.example', 'packages/ledger/src/ed25519Key.ts', 'keys.md'].filter(isKeyFile)).toEqual([]);
  });
});
