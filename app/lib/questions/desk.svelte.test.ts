import { unwrap, zipSource } from '@fairground/ledger';
import { isStoredPicture } from '@fairground/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import QuestionDesk from './QuestionDesk.svelte';
import { refusalWords } from './refusalWords.ts';

afterEach(() => vi.restoreAllMocks());

const GIFT =
  'Which river flows through Cairo? {=Nile ~Rhine}\n\nWrite about rivers. {}\n\nTea or coffee? {#5}\n';
const CSV =
  'text;right;wrong1\nWhich river flows through Cairo?;Nile;Po\nWhich river flows through Vienna?;Danube;Po\n';
const poll = 30_000;

describe('[U130] the page that reads questions', () => {
  it('says what was taken, what was merged, and of each that was refused the file, the line and why', async () => {
    const screen = await render(QuestionDesk);
    const files = [new File([GIFT], 'rivers.gift'), new File([CSV], 'more.csv')];
    await userEvent.upload(screen.getByLabelText('Drop files of questions', { exact: true }).last(), files);
    await expect.poll(() => screen.container.textContent, { timeout: poll }).toContain('Questions read: 3');
    expect(screen.container.textContent).toContain('Merged: 1 · refused: 1');
    expect(screen.container.querySelector('.refused')?.textContent).toContain(
      `rivers.gift:3 ${refusalWords('unplayable_kind')}`,
    );
  });

  it('saves the pack in every form, and says what a form has no words for', async () => {
    const saved: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      saved.push(blob as Blob);
      return 'blob:none';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    const screen = await render(QuestionDesk);
    await userEvent.upload(screen.getByLabelText('Drop files of questions', { exact: true }).last(), [
      new File([GIFT], 'rivers.gift'),
    ]);
    await expect.poll(() => screen.container.textContent, { timeout: poll }).toContain('Questions read: 2');
    await screen.getByRole('button', { name: 'csv' }).click();
    await expect.poll(() => saved.length, { timeout: poll }).toBe(1);
    expect(await saved[0]?.text()).toContain('rivers,choice,Which river flows through Cairo?,Nile,Rhine');
    await screen.getByRole('button', { name: 'aiken' }).click();
    await expect.poll(() => saved.length, { timeout: poll }).toBe(2);
    expect(await saved[1]?.text()).toBe('Which river flows through Cairo?\nA. Nile\nB. Rhine\nANSWER: A\n\n');
    await expect.poll(() => screen.container.textContent).toContain('Left out of aiken: 1');
  });

  it('begins anew when it is asked to', async () => {
    const screen = await render(QuestionDesk);
    await userEvent.upload(screen.getByLabelText('Drop files of questions', { exact: true }).last(), [
      new File(['only words'], 'letter.txt'),
    ]);
    await expect
      .poll(() => screen.container.textContent, { timeout: poll })
      .toContain(refusalWords('no_questions'));
    await screen.getByRole('button', { name: 'Read other files' }).click();
    await expect.element(screen.getByRole('button', { name: 'Drop files of questions' })).toBeVisible();
  });
});

/** A drawing, and in it a word that a camera might leave. */
async function photo(width: number, height: number, word: string): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  for (const [i, colour] of ['#009246', '#ffffff', '#ce2b37'].entries()) {
    if (pen) pen.fillStyle = colour;
    pen?.fillRect((width / 3) * i, 0, width / 3, height);
  }
  const jpeg = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
  const said = new TextEncoder().encode(word);
  const comment = new Uint8Array([0xff, 0xfe, 0, said.length + 2, ...said]);
  return new File([jpeg.slice(0, 2), comment, jpeg.slice(2)], 'it.jpg');
}

const asked = (n: number, file: string) =>
  JSON.stringify({
    text: `Whose flag is ${n}?`,
    answers: ['Italy', 'Ireland'],
    correct: [0],
    image: { file, alt: 'Stripes' },
  });

function hearSaved(): Blob[] {
  const saved: Blob[] = [];
  const make = URL.createObjectURL.bind(URL);
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    if ((blob as Blob).type !== '') saved.push(blob as Blob);
    return make(blob);
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  return saved;
}

describe('[U176] questions with pictures', () => {
  it('show them drawn anew and in bounds, and are saved with them as one ZIP that reads the same again', async () => {
    const saved = hearSaved();
    const screen = await render(QuestionDesk);
    const drop = screen.getByLabelText('Drop files of questions', { exact: true });
    const pack = [asked(1, 'flags/it.jpg'), asked(2, 'it.jpg')].join('\n');
    await userEvent.upload(drop.last(), [
      new File([pack], 'flags.jsonl'),
      await photo(2400, 1500, 'taken in Lucerne'),
    ]);
    await expect.poll(() => screen.container.textContent, { timeout: poll }).toContain('With a picture: 2');
    const shown = screen.getByRole('img', { name: 'Stripes' }).first();
    await expect
      .poll(
        () => [
          (shown.element() as HTMLImageElement).naturalWidth,
          (shown.element() as HTMLImageElement).naturalHeight,
        ],
        { timeout: poll },
      )
      .toEqual([1280, 800]);
    await screen.getByRole('button', { name: 'zip' }).click();
    await expect.poll(() => saved.length, { timeout: poll }).toBe(1);
    const zip = new Uint8Array((await saved[0]?.arrayBuffer()) ?? new ArrayBuffer(0));
    const { names = [], read } = unwrap(zipSource(zip));
    expect(names).toEqual([expect.stringMatching(/^pictures\/[0-9a-f]{64}\.webp$/), 'questions.jsonl']);
    const picture = (await read(names[0] ?? '')) ?? new Uint8Array(0);
    expect(isStoredPicture(names[0] ?? '', picture)).toBe(true);
    expect(new TextDecoder('latin1').decode(picture)).not.toContain('Lucerne');
    const lines = new TextDecoder().decode(await read('questions.jsonl'));
    await screen.getByRole('button', { name: 'jsonl' }).click();
    await expect.poll(() => screen.container.textContent).toContain('jsonl only names the pictures of 2');

    await screen.getByRole('button', { name: 'Read other files' }).click();
    await userEvent.upload(drop.last(), [new File([zip], 'questions.zip')]);
    await expect.poll(() => screen.container.textContent, { timeout: poll }).toContain('With a picture: 2');
    await screen.getByRole('button', { name: 'zip' }).click();
    await expect.poll(() => saved.length, { timeout: poll }).toBe(3);
    const again = unwrap(zipSource(new Uint8Array((await saved[2]?.arrayBuffer()) ?? new ArrayBuffer(0))));
    expect(again.names).toEqual(names);
    expect(new TextDecoder().decode(await again.read('questions.jsonl'))).toBe(lines);
  });

  it('are refused by name where the picture is missing, damaged, too large or elsewhere', async () => {
    const screen = await render(QuestionDesk);
    const pack = ['none.png', 'page.png', 'bomb.png', '../it.jpg', 'it.jpg']
      .map((name, n) => asked(n, name))
      .join('\n');
    const bomb = new Uint8Array([
      0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff,
      8, 6,
    ]);
    await userEvent.upload(screen.getByLabelText('Drop files of questions', { exact: true }).last(), [
      ...[
        new File([pack], 'flags.jsonl'),
        new File(['<!doctype html>'], 'page.png'),
        new File([bomb], 'bomb.png'),
      ],
      ...[await photo(90, 60, 'x'), new File(['x'], 'nobody.png')],
    ]);
    await expect.poll(() => screen.container.textContent, { timeout: poll }).toContain('With a picture: 1');
    const refused = [...screen.container.querySelectorAll('.refused li')].map(({ textContent }) =>
      textContent?.replaceAll(/\s+/g, ' ').trim(),
    );
    const codes = [
      'picture_missing',
      'picture_unreadable',
      'picture_too_large',
      'picture_elsewhere',
    ] as const;
    const files = ['none.png', 'page.png', 'bomb.png', '../it.jpg'];
    expect(refused).toEqual(
      codes.map((code, i) => `flags.jsonl:${i + 1} ${refusalWords(code)} ${files[i]} (${code})`),
    );
    expect(screen.container.textContent).toContain('Pictures that no question names: 1');
  });
});
