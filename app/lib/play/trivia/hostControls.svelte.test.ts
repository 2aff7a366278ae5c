import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { running, screenOf } from '../../../routes/gallery/examples.ts';
import HostControls from './HostControls.svelte';

it('[U215] sending somebody out is asked for, called off and done by keyboard alone: the focus is never lost', async () => {
  const view = { ...running(9000), host: running(9000).me ?? '' };
  const kick = vi.fn();
  const host = { ...screenOf(view).host, kick };
  const screen = await render(HostControls, { screen: screenOf(view, { host }) });
  const [opener] = screen.getByRole('button', { name: /^Send .* out$/u }).elements();
  const name = opener?.getAttribute('aria-label') ?? '';
  (opener as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  const group = screen.getByRole('group', { name });
  await expect.poll(() => document.activeElement).toBe(group.element());
  (screen.getByRole('button', { name: 'Cancel' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe(name);
  expect(kick).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  (screen.getByRole('button', { name: 'Send out', exact: true }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Host’s desk');
  expect(kick).toHaveBeenCalledOnce();
});

it('[U252] the match is handed over when that is confirmed, and not before: the focus is never lost', async () => {
  const view = { ...running(9000), host: running(9000).me ?? '' };
  const handover = vi.fn();
  const host = { ...screenOf(view).host, handover };
  const screen = await render(HostControls, { screen: screenOf(view, { host }) });
  const [crown] = screen.getByRole('button', { name: /^Make .* host$/u }).elements();
  const name = crown?.getAttribute('aria-label') ?? '';
  (crown as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  const group = screen.getByRole('group', { name });
  await expect.poll(() => document.activeElement).toBe(group.element());
  (screen.getByRole('button', { name: 'Cancel' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe(name);
  expect(handover).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  (screen.getByRole('button', { name: 'Make host', exact: true }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Host’s desk');
  expect(handover).toHaveBeenCalledOnce();
});
