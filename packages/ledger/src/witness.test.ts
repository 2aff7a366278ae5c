import { describe, expect, it } from 'vitest';
import { bytesToBase64 } from './baseText.ts';
import type { Bytes } from './bytes.ts';
import { consistencyOf4In8, entries, hex, origin, roots, workedNote } from './formatsVectors.ts';
import { emptyRoot, leafHash } from './merkle.ts';
import { consistencyProof } from './merkleProof.ts';
import { formatSignatureLine, parseNote } from './note.ts';
import { unwrap } from './result.ts';
import { utf8ToBytes } from './utf8.ts';
import {
  formatAddCheckpoint,
  formatWitnessReply,
  judgeAddCheckpoint,
  parseAddCheckpoint,
  parseWitnessReply,
  witnessStatus,
} from './witness.ts';

const request = { oldSize: 4, proof: consistencyOf4In8, note: workedNote };
const lines = unwrap(parseNote(workedNote)).signatures;
const root = (size: number): Bytes => roots[size] ?? emptyRoot;
const leaves = entries.map(leafHash);

describe('add-checkpoint bodies', () => {
  it('[L38] a request round-trips, with and without a proof', () => {
    const body = formatAddCheckpoint(request);
    expect(body).toBe(`old 4\n${bytesToBase64(consistencyOf4In8[0] ?? emptyRoot)}\n\n${workedNote}`);
    expect(parseAddCheckpoint(body)).toEqual({ ok: true, value: request });
    const first = { oldSize: 0, proof: [], note: workedNote };
    expect(parseAddCheckpoint(utf8ToBytes(formatAddCheckpoint(first)))).toEqual({ ok: true, value: first });
  });

  it.each([
    ['nothing', ''],
    ['no empty line', 'old 4\nabc'],
    ['another word', `new 4\n\n${workedNote}`],
    ['a leading zero', `old 04\n\n${workedNote}`],
    ['a short hash', `old 4\nAAAA\n\n${workedNote}`],
    ['an empty old line', `\n\n${workedNote}`],
    ['64 proof lines', `old 4\n${`${bytesToBase64(emptyRoot)}\n`.repeat(64)}\n${workedNote}`],
  ])('[L38] a request with %s is refused', (_name, body) => {
    expect(parseAddCheckpoint(body)).toEqual({ ok: false, code: 'add_checkpoint_malformed' });
  });

  it('[L38] 63 proof lines are read and written, 64 are not written', () => {
    const proof = Array.from({ length: 63 }, () => emptyRoot);
    expect(unwrap(parseAddCheckpoint(formatAddCheckpoint({ ...request, proof }))).proof.length).toBe(63);
    expect(() => formatAddCheckpoint({ ...request, proof: [...proof, emptyRoot] })).toThrow(RangeError);
    expect(parseAddCheckpoint(hex('ff0a0a'))).toEqual({ ok: false, code: 'add_checkpoint_malformed' });
  });

  it('[L38] replies round-trip with the standard’s content types', () => {
    const cosigned = { status: 200 as const, signatures: lines };
    expect(formatWitnessReply(cosigned).body).toBe(lines.map(formatSignatureLine).join(''));
    const conflict = { status: 409 as const, size: 5 };
    expect(formatWitnessReply(conflict)).toEqual({
      status: 409,
      contentType: 'text/x.tlog.size',
      body: '5\n',
    });
    const plain = ([400, 403, 404, 422] as const).map((status) => ({ status }));
    for (const reply of [cosigned, conflict, ...plain]) {
      expect(parseWitnessReply(formatWitnessReply(reply))).toEqual({ ok: true, value: reply });
    }
  });

  it.each([
    ['another status', 500, 'text/plain', ''],
    ['a redirect', 302, 'text/plain', ''],
    ['a 200 without a line', 200, 'text/plain', ''],
    ['a 200 with something else', 200, 'text/plain', 'ok\n'],
    ['a 409 of another type', 409, 'text/plain', '5\n'],
    ['a 409 without its newline', 409, 'text/x.tlog.size', '5'],
    ['a 409 with no number', 409, 'text/x.tlog.size', 'x\n'],
  ])('[L38] %s is no reply', (_name, status, contentType, body) => {
    expect(parseWitnessReply({ status, contentType, body })).toEqual({
      ok: false,
      code: 'witness_reply_malformed',
    });
  });
});

describe('what a witness may cosign', () => {
  const checkpoint = { origin, size: 8, root: root(8) };
  const at = (size: number) => ({ size, root: root(size) });

  it('[L39] from the size it last cosigned, with a good proof', () => {
    expect(judgeAddCheckpoint(request, checkpoint, at(4)).ok).toBe(true);
    expect(judgeAddCheckpoint({ ...request, oldSize: 8, proof: [] }, checkpoint, at(8)).ok).toBe(true);
    expect(judgeAddCheckpoint({ ...request, oldSize: 0, proof: [] }, checkpoint).ok).toBe(true);
    expect(judgeAddCheckpoint({ ...request, oldSize: 0, proof: [] }, { origin, ...at(0) }).ok).toBe(true);
    expect(judgeAddCheckpoint({ ...request, oldSize: 0, proof: [] }, checkpoint, at(0)).ok).toBe(true);
  });

  it.each([
    ['an old size past the checkpoint’s', { oldSize: 9 }, 4, 'witness_old_size'],
    ['a size that it did not last cosign', { oldSize: 4 }, 6, 'witness_conflict'],
    ['size 0, when it knows more', { oldSize: 0, proof: [] }, 4, 'witness_conflict'],
    ['a proof that leads elsewhere', { proof: [emptyRoot] }, 4, 'witness_proof'],
    ['no proof', { proof: [] }, 4, 'witness_proof'],
    ['a proof from 0', { oldSize: 0 }, 0, 'witness_proof'],
  ] as const)('[L39] it refuses %s', (_name, change, latest, code) => {
    const judged = judgeAddCheckpoint(
      { ...request, ...change },
      checkpoint,
      latest === 0 ? undefined : at(latest),
    );
    expect(judged).toMatchObject({ ok: false, code });
  });

  it('[L39] it refuses the same size with another root, an empty tree with a root, and a fork', () => {
    const same = { ...request, oldSize: 8, proof: [] };
    expect(judgeAddCheckpoint(same, checkpoint, { size: 8, root: root(7) })).toEqual({
      ok: false,
      code: 'witness_conflict',
      message: '8',
    });
    const withProof = { ...same, proof: [emptyRoot] };
    expect(judgeAddCheckpoint(withProof, checkpoint, at(8))).toEqual({ ok: false, code: 'witness_proof' });
    const empty = { origin, size: 0, root: root(1) };
    expect(judgeAddCheckpoint({ ...same, oldSize: 0 }, empty)).toEqual({ ok: false, code: 'witness_proof' });
    const fork = { ...request, oldSize: 6, proof: consistencyProof(leaves, 6, 8) };
    expect(judgeAddCheckpoint(fork, checkpoint, at(6)).ok).toBe(true);
    expect(judgeAddCheckpoint(fork, checkpoint, { size: 6, root: root(5) })).toEqual({
      ok: false,
      code: 'witness_proof',
    });
  });

  it('[L39] a conflict tells the size, and refusals have the standard’s statuses', () => {
    expect(judgeAddCheckpoint(request, checkpoint, at(6))).toEqual({
      ok: false,
      code: 'witness_conflict',
      message: '6',
    });
    expect(witnessStatus).toEqual({ witness_old_size: 400, witness_conflict: 409, witness_proof: 422 });
  });
});
