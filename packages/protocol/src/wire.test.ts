import { bytesToHex, sha256, utf8ToBytes } from '@fairground/ledger';
import { expect, it } from 'vitest';
import { z } from 'zod';
import * as protocol from './index.ts';
import { PROTOCOL_VERSION, limits, problems, wireHistory } from './index.ts';

/** Everything a byte on the wire depends on, as text: each exported schema and both tables. */
function wireText(): string {
  const schemas = Object.entries(protocol).flatMap(([name, value]) =>
    value instanceof z.ZodType ? [[name, z.toJSONSchema(value, { unrepresentable: 'any' })]] : [],
  );
  const sorted = schemas.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  const codes = [...problems.values()].map(({ code, status, close }) => `${code} ${status} ${close}`).sort();
  return JSON.stringify([sorted, codes, limits]);
}

it('[W1] the schemas and tables hash to the last line of the history', () => {
  expect(bytesToHex(sha256(utf8ToBytes(wireText())))).toBe(wireHistory.at(-1)?.hash);
});

it('[W1] the history counts up to the version that is spoken', () => {
  expect(wireHistory.map(({ version }) => version)).toEqual(wireHistory.map((_, index) => index + 1));
  expect(wireHistory.at(-1)?.version).toBe(PROTOCOL_VERSION);
});

it('[W1] the lock sees the length of bytes and every schema', () => {
  const text = wireText();
  expect(text).toContain('"bytes":64');
  expect(text).toContain('TailBatch');
  expect(text).toContain('code_attempts');
});
