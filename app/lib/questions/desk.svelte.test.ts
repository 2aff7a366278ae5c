import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import QuestionDesk from './QuestionDesk.svelte';
import { refusalWords } from './refusalWords.ts';

vi.setConfig({ testTimeout: 60_000 });
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
