import { bytesToHex, ok, sha256, unwrap, utf8ToBytes, writeZip, zipSource } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { importQuestions } from './import/importQuestions.ts';
import { openPacks, picturePath, writePack } from './pack.ts';
import { refuse } from './refusal.ts';
import { aQuestion } from './testQuestion.ts';

const picture = utf8ToBytes('RIFF....WEBP');
const hash = bytesToHex(sha256(picture));
const pictured = aQuestion({ text: 'Whose flag is this?', image: { hash, alt: 'Three stripes' } });
const plain = aQuestion();

/** As an importer with the pictures at hand reads them. */
async function readPack(bytes: Uint8Array) {
  const { files, pictures, refused } = await openPacks([{ name: 'pack.zip', bytes }]);
  const read = importQuestions(files, {
    picture(pack, name) {
      const found = pictures.get(picturePath(pack, name) ?? '');
      return found ? ok(bytesToHex(sha256(found))) : refuse('picture_missing', `(${name})`);
    },
  });
  return { ...read, refused: [...refused, ...read.refused] };
}

describe('[Q84] a pack', () => {
  it('comes in again as the questions that it was made of, with their pictures, each once', async () => {
    const twice = aQuestion({ text: 'And this one?', image: { hash, alt: 'The same' } });
    const { bytes, absent } = writePack([plain, pictured, twice], (wanted) =>
      wanted === hash ? { type: 'webp', bytes: picture } : undefined,
    );
    expect(absent).toBe(0);
    expect(unwrap(zipSource(bytes)).names).toEqual([`pictures/${hash}.webp`, 'questions.jsonl']);
    expect(await readPack(bytes)).toMatchObject({ questions: [plain, pictured, twice], refused: [] });
  });

  it('names a picture that is not there by its hash, and says of how many questions', async () => {
    const { bytes, absent } = writePack([pictured, plain], () => undefined);
    expect(absent).toBe(1);
    expect(await readPack(bytes)).toMatchObject({ questions: [pictured, plain], refused: [] });
  });

  it('is opened whatever its files are called, and what a system puts beside them is passed over', async () => {
    const row = 'text,right,wrong1,image,alt\nWhose flag?,Austria,Latvia,fahnen/Österreich neu.png,Stripes\n';
    const members = new Map([
      ['Meine Fragen/quiz.csv', utf8ToBytes(row)],
      // As one system writes it: the letter and its dots apart.
      ['Meine Fragen/fahnen/O\u0308sterreich neu.png', picture],
      ['__MACOSX/Meine Fragen/._quiz.csv', utf8ToBytes('junk')],
      ['Meine Fragen/.DS_Store', utf8ToBytes('junk')],
    ]);
    expect((await readPack(zipOf(members))).questions).toMatchObject([{ image: { hash } }]);
  });

  it('that is damaged is refused by its name, and files beside it are read', async () => {
    const { bytes } = writePack([plain], () => undefined);
    const broken = bytes.slice();
    broken[60]! ^= 1;
    const beside = { name: 'more.jsonl', bytes: utf8ToBytes('{}') };
    for (const bad of [broken, bytes.slice(0, -9), bytes.slice(0, 40)]) {
      const opened = await openPacks([{ name: 'bad.zip', bytes: bad }, beside]);
      expect(opened.files).toEqual([beside]);
      expect(opened.refused).toMatchObject([{ file: 'bad.zip', line: 1, code: 'pack_unreadable' }]);
    }
  });

  it.each(['../it.png', 'a/../../it.png', '/it.png', 'C:it.png', 'a\\it.png', 'a\nit.png', 'x'.repeat(501)])(
    'leads to no picture at %j',
    (name) => expect(picturePath('pack.zip/quiz.csv', name)).toBeUndefined(),
  );
});

/** The ledger's writer takes only plain names: theirs are put in their place, of the same length. */
function zipOf(members: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const stand = (name: string) =>
    String.fromCharCode(97 + [...members.keys()].indexOf(name)).repeat(utf8ToBytes(name).length);
  const zip = writeZip([...members].map(([name, bytes]) => ({ name: stand(name), bytes })));
  const text = Buffer.from(zip);
  for (const name of members.keys()) {
    const wanted = utf8ToBytes(stand(name));
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted)) text.set(utf8ToBytes(name), at);
  }
  return new Uint8Array(text);
}
