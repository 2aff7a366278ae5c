/** The C2SP texts: notes, checkpoints, keys, policies, proofs, witness bodies, paths; and our ids. */
import {
  bytesToHex,
  bytesToUtf8,
  cosign,
  createVkey,
  didToKey,
  formatAddCheckpoint,
  formatCheckpoint,
  formatNote,
  formatPolicy,
  formatSignatureLine,
  formatTlogProof,
  formatVkey,
  keyToDid,
  namedSigner,
  parseAddCheckpoint,
  parseCheckpoint,
  parseNote,
  parsePolicy,
  parseSignatureLines,
  parseTilePath,
  parseTlogProof,
  parseVkey,
  parseWitnessReply,
  policyFile,
  seedSigner,
  tilePath,
  verifyCosignature,
} from '@fairground/ledger';
import {
  formatCap,
  formatDocumentName,
  formatRoomId,
  formatWorldId,
  parseCap,
  parseCode,
  parseDocumentName,
  parseRoomId,
  parseWorldId,
} from '@fairground/protocol';
import { parseLogPath } from '@fairground/relay/testing';
import { textInputs } from '../inputs/textInputs.ts';
import { claim, claimSameText, type Target, textOf } from '../target.ts';
import { bytes16, bytes32, checkpoint, key, world } from './seeds.ts';

const note = bytesToUtf8(checkpoint) ?? '';
const [text = ''] = note.split('\n\n');
const witness = namedSigner('witness.example/w', seedSigner(new Uint8Array(32).fill(4)));
const witnessVkey = createVkey(witness.name, 4, witness.key);
const cosignature = await cosign(witness, `${text}\n`, 1_750_000_000);
const cosigned = note + formatSignatureLine(cosignature);
const log = createVkey('fair.example/log', 1, key);
const proof = formatTlogProof({ extra: bytes16, index: 7, proof: [bytes32, key], checkpoint: note });
const policy = bytesToUtf8(policyFile(world)) ?? '';
const groups = [
  `log ${formatVkey(log)} https://fair.example/log`,
  `witness w1 ${formatVkey(witnessVkey)}`,
  `witness w2 ${formatVkey(createVkey('two', 4, key))}\t`,
  'group g any w1 w2',
  'quorum g',
  '',
].join('\n');
const dids = Array.from({ length: 40 }, (_, i) => keyToDid(seedSigner(new Uint8Array(32).fill(i)).key));
const ids = [formatWorldId(bytes32), formatRoomId(bytes16), formatCap(bytes16), '123456'];

/** Takes a reader of text and its writer. */
function texts<T>(
  {
    name,
    about,
    seeds,
    words,
  }: {
    readonly name: string;
    readonly about: string;
    readonly seeds: readonly string[];
    readonly words?: readonly string[];
  },
  read: (text: string) => { readonly ok: true; readonly value: T } | { readonly ok: false },
  write: (value: T) => string,
): Target {
  return {
    name,
    about,
    inputs: textInputs(seeds, words),
    check(input) {
      const given = textOf(input);
      const parsed = read(given);
      if (parsed.ok) claimSameText(write(parsed.value), given);
      return parsed.ok;
    },
  };
}

export const textTargets: readonly Target[] = [
  {
    ...texts({ name: 'note', about: 'signed notes', seeds: [note, cosigned] }, parseNote, formatNote),
    check(input) {
      const fromBytes = parseNote(input);
      const whole = bytesToUtf8(input);
      const fromText = whole === undefined ? undefined : parseNote(whole);
      claim(fromBytes.ok === (fromText?.ok ?? false), 'bytes and their text are read differently');
      if (fromBytes.ok) claimSameText(formatNote(fromBytes.value), whole ?? '');
      return fromBytes.ok;
    },
  },
  texts(
    {
      name: 'checkpoint',
      about: 'the text of checkpoints',
      seeds: [`${text}\n`, formatCheckpoint({ origin: 'a/b', size: 0, root: bytes32 })],
    },
    parseCheckpoint,
    formatCheckpoint,
  ),
  texts(
    {
      name: 'signature-lines',
      about: 'lines of signatures and cosignatures',
      seeds: [formatSignatureLine(cosignature), cosigned.split('\n\n')[1] ?? ''],
      words: ['—'],
    },
    parseSignatureLines,
    (lines) => lines.map(formatSignatureLine).join(''),
  ),
  {
    name: 'cosignature',
    about: 'timestamped cosignatures, verified',
    inputs: textInputs([formatSignatureLine(cosignature)], ['—']),
    async check(input) {
      const lines = parseSignatureLines(textOf(input));
      const payload = lines.ok ? lines.value[0]?.signature : undefined;
      if (!payload) return false;
      const verdict = await verifyCosignature(witnessVkey, `${text}\n`, payload);
      if (verdict.ok)
        claim(bytesToHex(payload) === bytesToHex(cosignature.signature), 'a forged cosignature was accepted');
      return verdict.ok;
    },
  },
  texts(
    { name: 'vkey', about: 'verifier keys', seeds: [formatVkey(log), formatVkey(witnessVkey)] },
    parseVkey,
    formatVkey,
  ),
  texts(
    { name: 'did', about: 'did:key names of keys', seeds: dids, words: ['did:key:z', 'did:web:x'] },
    didToKey,
    keyToDid,
  ),
  {
    name: 'policy',
    about: 'C2SP policies; comments and spaces are free, so what is read is written and read again',
    inputs: textInputs(
      [policy, groups],
      ['log', 'witness', 'group', 'quorum', 'none', 'any', 'all', 'w1', 'g', '#', '\t'],
    ),
    check(input) {
      const parsed = parsePolicy(input);
      if (!parsed.ok) return false;
      const written = formatPolicy(parsed.value);
      const again = parsePolicy(written);
      claim(again.ok && formatPolicy(again.value) === written, 'a policy is not read as it was written');
      return true;
    },
  },
  texts(
    {
      name: 'tlog-proof',
      about: 'self-contained proofs of inclusion',
      seeds: [proof, proof.replace(/extra .*\n/, '')],
      words: ['c2sp.org/tlog-proof@v1', 'index', 'extra'],
    },
    parseTlogProof,
    formatTlogProof,
  ),
  texts(
    {
      name: 'add-checkpoint',
      about: 'what a witness is asked',
      seeds: [
        formatAddCheckpoint({ oldSize: 5, proof: [bytes32, key], note }),
        formatAddCheckpoint({ oldSize: 0, proof: [], note }),
      ],
      words: ['old'],
    },
    parseAddCheckpoint,
    formatAddCheckpoint,
  ),
  {
    name: 'witness-reply',
    about: 'what a witness answers',
    inputs: textInputs([
      `200|text/plain|${formatSignatureLine(cosignature)}`,
      '409|text/x.tlog.size|17\n',
      '409|text/x.tlog.size; charset=utf-8|0\n',
      '422||',
    ]),
    check(input) {
      const [status = '', contentType = '', ...body] = textOf(input).split('|');
      return parseWitnessReply({ status: Number(status), contentType, body: body.join('|') }).ok;
    },
  },
  texts(
    {
      name: 'tile-path',
      about: 'paths of tiles and entry bundles',
      seeds: [
        'tile/0/x001/x234/067.p/17',
        'tile/entries/000',
        'tile/63/000.p/1',
        'tile/entries/x123/456.p/255',
      ],
    },
    parseTilePath,
    ({ level, n, width }) => tilePath(level, n, width),
  ),
  {
    name: 'log-path',
    about: 'paths under /log: none leads out of its world',
    inputs: textInputs(
      [
        'checkpoint',
        'world.json',
        'bundle.fair',
        `snapshot/${bytesToHex(bytes32)}`,
        `blob/${bytesToHex(bytes32)}`,
        'tile/0/x001/234.p/5',
        '../../etc/passwd',
        '..%2f..',
        'tile/0/..',
      ],
      ['..', '%2e', '\\', '//'],
    ),
    check(input) {
      const path = textOf(input);
      if (parseLogPath(path) === undefined) return false;
      claim(
        /^[\w./]+$/.test(path) && !path.includes('..') && !path.includes('//') && !path.startsWith('/'),
        'a path leads elsewhere',
      );
      return true;
    },
  },
  {
    name: 'ids',
    about: 'names of worlds, rooms, capabilities, codes and documents',
    inputs: textInputs(
      [...ids, 'directory', ...['tail', 'view'].map((kind) => `${kind}:${ids[0]}`), `room:${ids[1]}`],
      ['room', 'tail', 'view', 'draft'],
    ),
    check(input) {
      const given = textOf(input);
      const document = parseDocumentName(given);
      if (document.ok) claimSameText(formatDocumentName(document.value), given);
      const readers = [parseWorldId, parseRoomId, parseCap, parseCode];
      return readers.some((read) => isVerbatim(read(given), given)) || document.ok;
    },
  },
];

function isVerbatim(
  parsed: { readonly ok: true; readonly value: string } | { readonly ok: false },
  given: string,
): boolean {
  if (parsed.ok) claimSameText(parsed.value, given);
  return parsed.ok;
}
