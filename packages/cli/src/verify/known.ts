/** The keys that a person knows: a text file of did:key and vkey lines; `#` begins a comment. */
import { type Bytes, didToKey, parseVkey } from '@fairground/ledger';
import { readFileAtMost } from '../boundedFile.ts';
import { CommandFailure } from '../failure.ts';

const mostBytes = 2 ** 22;

export async function readKnownKeys(file: string): Promise<readonly Bytes[]> {
  const bytes = await readFileAtMost(file, mostBytes);
  if (!bytes) throw new CommandFailure(`The file of known keys ${file} is larger than anybody's list.`);
  const lines = new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*$/, '').trim());
  return lines.flatMap((line, i) => (line === '' ? [] : [parseKey(line, `${file}, line ${i + 1}`)]));
}

function parseKey(line: string, place: string): Bytes {
  const did = didToKey(line);
  if (did.ok) return did.value;
  const vkey = parseVkey(line);
  if (vkey.ok) return vkey.value.key;
  throw new CommandFailure(`${place}: expected a did:key:z… or a vkey (name+hash+key).`);
}
