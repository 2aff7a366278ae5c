import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import KeyBackup from './KeyBackup.svelte';

const CODE = 'AAAA-BBBB-CCCC';
const backup = vi.hoisted(() => ({ isNew: false, adopted: [] as string[], refused: 'backup_mistyped' }));
vi.mock('./keyBackup.ts', () => ({
  makeBackup: async () => ({ code: CODE, isNew: backup.isNew }),
  adoptCode: async (code: string) => {
    backup.adopted.push(code);
    return backup.refused;
  },
}));

describe('[U148] a backup of the key', () => {
  it('is the code of the key, where it can be read', async () => {
    backup.isNew = false;
    const screen = await render(KeyBackup);
    await screen.getByRole('button', { name: 'Backup code' }).click();
    await expect.element(screen.getByText(CODE)).toBeVisible();
    await expect.element(screen.getByText('Whoever types this', { exact: false })).toBeVisible();
    await expect
      .element(screen.getByRole('button', { name: 'I have it, use this key' }))
      .not.toBeInTheDocument();
  });

  it('is a new key with a code where the machine protects the one that is there, which is said with what it costs', async () => {
    Object.assign(backup, { isNew: true, adopted: [] });
    const screen = await render(KeyBackup);
    await screen.getByRole('button', { name: 'Backup code' }).click();
    await expect.element(screen.getByText('cannot be read', { exact: false })).toBeVisible();
    await expect.element(screen.getByText('Seats in matches', { exact: false })).toBeVisible();
    expect(backup.adopted).toEqual([]);
    await screen.getByRole('button', { name: 'I have it, use this key' }).click();
    expect(backup.adopted).toEqual([CODE]);
  });

  it('that is typed with a slip in it is refused in words', async () => {
    const screen = await render(KeyBackup);
    await screen.getByRole('button', { name: 'I have a code' }).click();
    await screen.getByLabelText('Backup code').fill('wrong');
    await screen.getByRole('button', { name: 'Take this key' }).click();
    await expect.element(screen.getByText('There is a slip', { exact: false })).toBeVisible();
  });
});
