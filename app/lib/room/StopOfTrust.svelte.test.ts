import { formatFaultProof } from '@fairground/ledger';
import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { equivocation, twoHistories } from '../../routes/gallery/faultExamples.ts';
import StopOfTrust from './StopOfTrust.svelte';

const shown = { fault: twoHistories, charges: [equivocation], size: 128 };

/** What the page gives the person as a file, instead of the browser's own download. */
function downloads() {
  const files: Promise<{ readonly name: string; readonly text: string }>[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const { download: name, href } = this;
    files.push(
      fetch(href)
        .then((response) => response.text())
        .then((text) => ({ name, text })),
    );
  });
  return files;
}

it('[U110] what was proved is said in words, with the code and entry for whoever looks closer', async () => {
  const screen = await render(StopOfTrust, shown);
  await expect
    .element(screen.getByRole('heading', { level: 1 }))
    .toHaveTextContent('Two histories were signed');
  await expect
    .element(screen.getByRole('alert').getByText(/different people were shown different matches/))
    .toBeVisible();
  await expect.element(screen.getByText('For a report: equivocation, entry 127')).toBeVisible();
  await expect.element(screen.getByText(/128 entries, stays as it was/)).toBeVisible();
});

it.each([
  ['drop', 'A receipt was broken'],
  ['view_mismatch', 'A false picture was signed'],
  ['view_root', 'A false picture was signed'],
  ['refusal_mismatch', 'Entry 127 does not follow'],
])('[U110] %s is called “%s”', async (code, title) => {
  const screen = await render(StopOfTrust, { ...shown, fault: { ...twoHistories, code } });
  await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent(title);
});

it('[U111] the proof is kept as a file that says its name and how to check it', async () => {
  const files = downloads();
  const screen = await render(StopOfTrust, shown);
  await expect
    .element(screen.getByText('fairground verify --proof fairground-proof-equivocation.json'))
    .toBeVisible();
  await screen.getByRole('button', { name: 'Keep the proof' }).click();
  await vi.waitFor(() => expect(files).toHaveLength(1));
  expect(await files[0]).toEqual({
    name: 'fairground-proof-equivocation.json',
    text: formatFaultProof(equivocation.proof),
  });
});

it('[U112] the focus goes to what happened, unless it is somewhere already', async () => {
  const screen = await render(StopOfTrust, shown);
  await expect.element(screen.getByRole('heading', { level: 1 })).toHaveFocus();
  await screen.unmount();
  const field = document.createElement('input');
  document.body.append(field);
  field.focus();
  await render(StopOfTrust, shown);
  await expect.element(field).toHaveFocus();
  field.remove();
});

it('[U111] without a proof there is none to keep; what was verified can still be taken home and looked at', async () => {
  const [home, back] = [vi.fn(), vi.fn()];
  const screen = await render(StopOfTrust, { ...shown, charges: [], ontakehome: home, onlookback: back });
  await expect.element(screen.getByRole('button', { name: 'Keep the proof' })).not.toBeInTheDocument();
  await screen.getByRole('button', { name: 'Take home' }).click();
  await screen.getByRole('button', { name: 'Look at what was verified' }).click();
  expect([home, back].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});
