import { describe, expect, it } from 'vitest';
import { bytesToBase64 } from './baseText.ts';
import { concatBytes } from './bytes.ts';
import { type Checkpoint, formatCheckpoint } from './checkpoint.ts';
import { cosign } from './cosignature.ts';
import { publicKeyFromSeed, seedSigner } from './ed25519.ts';
import {
  entries,
  hex,
  inclusionOf5In8,
  logSeed,
  logVkey,
  origin,
  roots,
  witnessVkey,
  workedNote,
} from './formatsVectors.ts';
import { bytesToHex } from './hex.ts';
import { leafHash } from './merkle.ts';
import { formatNote, namedSigner, signNote } from './note.ts';
import { verifyNote } from './noteVerify.ts';
import { checkPolicy, createPolicy, formatPolicy, policyVkeys } from './policy.ts';
import { parsePolicy } from './policyParse.ts';
import { unwrap } from './result.ts';
import { sha256 } from './sha256.ts';
import { formatTlogProof, parseTlogProof, verifyTlogProof } from './tlogProof.ts';
import { utf8ToBytes } from './utf8.ts';
import { createVkey, formatVkey, parseVkey } from './vkey.ts';

const seed = (n: number) => new Uint8Array(32).fill(n);
const witnessNames = ['x1', 'x2', 'x3', 'y1', 'y2'];
const witnesses = witnessNames.map((name, i) => namedSigner(`${name}.example`, seedSigner(seed(i + 1))));
const vkeys = witnesses.map(({ name, key }) => formatVkey(createVkey(name, 4, key)));
const witnessLines = witnessNames.map((name, i) => `witness ${name} ${vkeys[i] ?? ''}\n`).join('');
const twoLevels = `# a policy
log ${logVkey} https://log.example/

${witnessLines}
  group X 2 x1\tx2  x3
group Y any y1 y2
group both all X Y
quorum both
`;

const checkpoint: Checkpoint = { origin, size: 8, root: roots[8] ?? hex('') };
const log = namedSigner(origin, seedSigner(logSeed));

async function signedBy(names: readonly string[], text = formatCheckpoint(checkpoint)): Promise<string> {
  const cosigners = witnesses.filter(({ name }) => names.includes(name.replace('.example', '')));
  const cosignatures = await Promise.all(cosigners.map((witness) => cosign(witness, text, 1)));
  return formatNote({ text, signatures: [await signNote(log, text), ...cosignatures] });
}

describe('policy files', () => {
  it('[L40] logs, witnesses, groups and the quorum are read; comments, blanks and tabs are skipped', () => {
    const policy = unwrap(parsePolicy(twoLevels));
    expect(policy.logs).toEqual([{ vkey: unwrap(parseVkey(logVkey)), url: 'https://log.example/' }]);
    expect(policy.witnesses.map(({ name }) => name)).toEqual(witnessNames);
    expect(policy.groups).toEqual([
      { name: 'X', threshold: 2, members: ['x1', 'x2', 'x3'] },
      { name: 'Y', threshold: 1, members: ['y1', 'y2'] },
      { name: 'both', threshold: 2, members: ['X', 'Y'] },
    ]);
    expect(policy.quorum).toBe('both');
    expect(parsePolicy(utf8ToBytes(twoLevels))).toEqual({ ok: true, value: policy });
    expect(unwrap(parsePolicy('quorum none\n')).quorum).toBe('none');
  });

  const [first = ''] = vkeys;
  const torsion = bytesToBase64(concatBytes(hex('04'), new Uint8Array(32)));

  it.each([
    ['nothing', '', 'policy_malformed'],
    ['no final newline', 'quorum none', 'policy_malformed'],
    ['a carriage return', 'quorum none\r\n', 'policy_malformed'],
    ['an unknown word', 'quorum none\nlogs x\n', 'policy_malformed'],
    ['a log without a key', 'log\nquorum none\n', 'policy_malformed'],
    ['a log line too long', `log ${logVkey} a b\nquorum none\n`, 'policy_malformed'],
    ['no quorum line', `log ${logVkey}\n`, 'policy_no_quorum_line'],
    ['two quorum lines', 'quorum none\nquorum none\n', 'policy_duplicate'],
    ['an undefined quorum', 'quorum a\n', 'policy_name'],
    ['a quorum defined later', `quorum a\nwitness a ${first}\n`, 'policy_name'],
    ['a log key of a witness', `log ${first}\nquorum none\n`, 'policy_vkey'],
    ['a witness key of a log', `witness a ${logVkey}\nquorum none\n`, 'policy_vkey'],
    ['a key of small order', `witness a b+00000000+${torsion}\nquorum none\n`, 'policy_vkey'],
    ['one log key twice', `log ${logVkey}\nlog ${logVkey}\nquorum none\n`, 'policy_duplicate'],
    [
      'one witness key under two names',
      `witness a ${first}\nwitness b ${formatVkey(createVkey('other', 4, witnesses[0]?.key ?? hex('')))}\nquorum none\n`,
      'policy_duplicate',
    ],
    [
      'one name for two witnesses',
      `witness a ${first}\nwitness a ${vkeys[1] ?? ''}\nquorum none\n`,
      'policy_name',
    ],
    ['a witness called none', `witness none ${first}\nquorum none\n`, 'policy_name'],
    ['none as a member', 'group g any none\nquorum none\n', 'policy_name'],
    ['an undefined member', 'group g any a\nquorum none\n', 'policy_name'],
    ['a member twice in a group', `witness a ${first}\ngroup g 2 a a\nquorum g\n`, 'policy_name'],
    ['a member of two groups', `witness a ${first}\ngroup g any a\ngroup h any a\nquorum h\n`, 'policy_name'],
    ['a group of itself', 'group g any g\nquorum g\n', 'policy_name'],
    ['an empty group', 'group g all\nquorum g\n', 'policy_malformed'],
    ['a threshold of 0', `witness a ${first}\ngroup g 0 a\nquorum g\n`, 'policy_threshold'],
    ['a threshold past the members', `witness a ${first}\ngroup g 2 a\nquorum g\n`, 'policy_threshold'],
    ['a threshold that is no number', `witness a ${first}\ngroup g most a\nquorum g\n`, 'policy_threshold'],
    [
      '65 groups',
      `${witnessLines}${Array.from({ length: 65 }, (_, i) => `group g${i} any ${i === 0 ? 'x1' : `g${i - 1}`}\n`).join('')}quorum g0\n`,
      'policy_malformed',
    ],
    ['more than 64 KiB', `#${'x'.repeat(65_536)}\nquorum none\n`, 'policy_too_large'],
  ])('[L40] a policy with %s is refused', (_name, text, code) => {
    expect(parsePolicy(text)).toMatchObject({ ok: false, code });
  });

  it('[L40] bytes that are not UTF-8 are refused, and a refusal names its line', () => {
    expect(parsePolicy(hex('ff0a'))).toEqual({ ok: false, code: 'policy_malformed' });
    expect(parsePolicy('quorum none\n\nnonsense\n')).toEqual({
      ok: false,
      code: 'policy_malformed',
      message: 'line 3',
    });
  });

  it('[L41] a policy is written canonically and read back the same', () => {
    const policy = unwrap(parsePolicy(twoLevels));
    const canonical = `log ${logVkey} https://log.example/\n${witnessLines}group X 2 x1 x2 x3\ngroup Y any y1 y2\ngroup both all X Y\nquorum both\n`;
    expect(formatPolicy(policy)).toBe(canonical);
    expect(parsePolicy(canonical)).toEqual({ ok: true, value: policy });
  });

  it.each([
    [0, 0],
    [1, 0],
    [1, 1],
    [5, 2],
    [5, 5],
  ])('[L41] a policy made for %i witnesses and a quorum of %i is one that can be read', (count, quorum) => {
    const policy = createPolicy(
      unwrap(parseVkey(logVkey)),
      vkeys.slice(0, count).map((text) => unwrap(parseVkey(text))),
      quorum,
    );
    expect(parsePolicy(formatPolicy(policy))).toEqual({ ok: true, value: policy });
  });

  it('[L41] a quorum past the witnesses and a witness with a reserved name throw', () => {
    const key = publicKeyFromSeed(seed(9));
    expect(() => createPolicy(unwrap(parseVkey(logVkey)), [], 1)).toThrow(RangeError);
    expect(() => createPolicy(unwrap(parseVkey(logVkey)), [createVkey('witnesses', 4, key)], 1)).toThrow(
      RangeError,
    );
  });
});

describe('satisfying a policy', () => {
  const policy = unwrap(parsePolicy(twoLevels));

  it.each([
    [['x1', 'x2', 'y1'], true],
    [['x1', 'x3', 'y2'], true],
    [['x1', 'x2', 'x3', 'y1', 'y2'], true],
    [['x1', 'y1', 'y2'], false],
    [['x1', 'x2', 'x3'], false],
    [['y1'], false],
    [[], false],
  ])('[L42] with cosignatures of %j it is satisfied: %s', async (names, isSatisfied) => {
    const note = unwrap(await verifyNote(await signedBy(names), policyVkeys(policy)));
    const checked = checkPolicy(policy, note);
    expect(checked).toMatchObject(
      isSatisfied
        ? { ok: true, value: { checkpoint, witnesses: names } }
        : { ok: false, code: 'policy_quorum' },
    );
  });

  it('[L42] a single witness and none are quorums too', async () => {
    const note = unwrap(await verifyNote(await signedBy(['x1']), policyVkeys(policy)));
    expect(checkPolicy({ ...policy, quorum: 'x1' }, note).ok).toBe(true);
    expect(checkPolicy({ ...policy, quorum: 'x2' }, note)).toEqual({ ok: false, code: 'policy_quorum' });
    expect(checkPolicy({ ...policy, quorum: 'none' }, note).ok).toBe(true);
  });

  it('[L42] witnesses alone do not make up for the log, nor one log for another’s origin', async () => {
    const all = unwrap(await verifyNote(await signedBy(witnessNames), policyVkeys(policy)));
    const unlogged = { ...all, verified: all.verified.filter(({ vkey }) => vkey.type === 4) };
    expect(checkPolicy(policy, unlogged)).toEqual({ ok: false, code: 'policy_no_log' });
    const foreign = formatCheckpoint({ ...checkpoint, origin: 'game.example/other' });
    const note = unwrap(await verifyNote(await signedBy(witnessNames, foreign), policyVkeys(policy)));
    expect(checkPolicy(policy, note)).toEqual({ ok: false, code: 'policy_no_log' });
    const poem = unwrap(await verifyNote(await signedBy([], 'poem\n'), policyVkeys(policy)));
    expect(checkPolicy(policy, poem)).toEqual({ ok: false, code: 'checkpoint_malformed' });
  });
});

describe('proof files', () => {
  const proof = { index: 5, proof: inclusionOf5In8, checkpoint: workedNote };
  const file = formatTlogProof(proof);
  const policy = createPolicy(unwrap(parseVkey(logVkey)), [unwrap(parseVkey(witnessVkey))], 1);
  const leaf = leafHash(entries[5] ?? hex(''));

  it('[L43] the worked example comes out byte for byte', () => {
    expect(utf8ToBytes(file).length).toBe(490);
    expect(bytesToHex(sha256(utf8ToBytes(file)))).toBe(
      '5d51b51a924257f1e6f6143bd739e7e649dfb831df6504e706cded4f9b3fb642',
    );
  });

  it('[L43] it is read back the same, with and without extra data', () => {
    expect(parseTlogProof(file)).toEqual({ ok: true, value: proof });
    for (const extra of [hex('00ff'), hex('')]) {
      expect(parseTlogProof(utf8ToBytes(formatTlogProof({ ...proof, extra })))).toEqual({
        ok: true,
        value: { ...proof, extra },
      });
    }
    const lone = { ...proof, index: 0, proof: [] };
    expect(parseTlogProof(formatTlogProof(lone))).toEqual({ ok: true, value: lone });
  });

  it.each([
    ['nothing', ''],
    ['another version', file.replace('@v1', '@v2')],
    ['no index', file.replace('index 5\n', '')],
    ['a leading zero', file.replace('index 5', 'index 05')],
    ['an index that is negative', file.replace('index 5', 'index -5')],
    ['extra data after the index', file.replace('index 5\n', 'index 5\nextra AA==\n')],
    ['extra data that is not base64', file.replace('index 5', 'extra A\nindex 5')],
    ['a hash of 31 bytes', file.replace(/\n[^\n]{44}\n\n/, `\n${bytesToBase64(new Uint8Array(31))}\n\n`)],
    ['no checkpoint', file.slice(0, file.indexOf('\n\n'))],
    ['a carriage return', file.replace('\n', '\r\n')],
    ['64 hashes', formatTlogProof({ ...proof, proof: Array.from({ length: 64 }, () => leaf) })],
    ['a very long checkpoint', file + 'x'.repeat(200_000)],
  ])('[L43] a proof file with %s is refused', (_name, text) => {
    expect(parseTlogProof(text)).toEqual({ ok: false, code: 'tlog_proof_malformed' });
  });

  it('[L44] it verifies for its own leaf', async () => {
    const verified = await verifyTlogProof(unwrap(parseTlogProof(file)), leaf, policy);
    expect(verified).toMatchObject({ ok: true, value: { checkpoint, witnesses: ['witness.example/w1'] } });
  });

  it('[L44] it verifies for no other leaf or index, and under no other policy', async () => {
    const other = leafHash(entries[4] ?? hex(''));
    expect(await verifyTlogProof(proof, other, policy)).toEqual({ ok: false, code: 'root_mismatch' });
    expect(await verifyTlogProof({ ...proof, index: 4 }, leaf, policy)).toEqual({
      ok: false,
      code: 'root_mismatch',
    });
    const stranger = createVkey(origin, 1, publicKeyFromSeed(seed(7)));
    expect(await verifyTlogProof(proof, leaf, createPolicy(stranger))).toEqual({
      ok: false,
      code: 'note_unsigned',
    });
    const strict = createPolicy(unwrap(parseVkey(logVkey)), [unwrap(parseVkey(vkeys[0] ?? ''))], 1);
    expect(await verifyTlogProof(proof, leaf, strict)).toEqual({ ok: false, code: 'policy_quorum' });
    const tampered = { ...proof, checkpoint: workedNote.replace('\n8\n', '\n9\n') };
    expect(await verifyTlogProof(tampered, leaf, policy)).toMatchObject({
      ok: false,
      code: 'note_signature_bad',
    });
  });
});
