import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { capFromHash } from './address.ts';
import ShieldDialog from './ShieldDialog.svelte';

const CAP = 'AbCdEfGhIjKlMnOpQrStUv';
const shown = { open: true, level: 'audited', entry: 7, world: 'w'.repeat(52) } as const;

it('[U16] the proof that the shield leads to can be handed on: the capability is in its address', async () => {
  const cap = capFromHash(`#cap=${CAP}`);
  const screen = await render(ShieldDialog, { ...shown, cap });
  const link = screen.getByRole('link', { name: 'See the proof' });
  await expect.element(link).toHaveAttribute('href', `/replay?world=${shown.world}#cap=${CAP}`);
  await screen.rerender({ ...shown, cap: undefined });
  await expect.element(link).toHaveAttribute('href', `/replay?world=${shown.world}`);
});

it('[U13] what began at a snapshot says at which entry, and that what came before is still being audited', async () => {
  const screen = await render(ShieldDialog, { ...shown, level: 'replayed', from: 4_095 });
  await expect
    .element(screen.getByText(/signed at entry 4095\. .*all that came before is being audited/u))
    .toBeVisible();
});
