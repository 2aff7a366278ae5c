import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { running, screenOf } from '../../../routes/gallery/examples.ts';
import HostControls from './HostControls.svelte';

it.each([
  ['sending somebody out', 'kick', /^Send .* out$/u, 'Send out'],
  ['handing the match over', 'handover', /^Make .* host$/u, 'Make host'],
] as const)(
  '[U215] [U252] %s is asked for, called off and done by keyboard alone: the focus is never lost',
  async (_, what, asks, confirms) => {
    const view = { ...running(9000), host: running(9000).me ?? '' };
    const deed = vi.fn();
    const host = { ...screenOf(view).host, [what]: deed };
    const screen = await render(HostControls, { screen: screenOf(view, { host }) });
    const [opener] = screen.getByRole('button', { name: asks }).elements();
    const name = opener?.getAttribute('aria-label') ?? '';
    (opener as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    const group = screen.getByRole('group', { name });
    await expect.poll(() => document.activeElement).toBe(group.element());
    (screen.getByRole('button', { name: 'Cancel' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe(name);
    expect(deed).not.toHaveBeenCalled();
    await userEvent.keyboard('{Enter}');
    (screen.getByRole('button', { name: confirms, exact: true }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Host’s desk');
    expect(deed).toHaveBeenCalledOnce();
  },
);
