import { unwrap } from '@fairground/ledger';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { recode } from './recode.ts';
import { refusalWords } from './refusalWords.ts';

afterEach(() => void vi.unstubAllGlobals());

async function picture(): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(8, 8);
  canvas.getContext('2d')?.fillRect(0, 0, 4, 8);
  return new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
}

describe('[U243] a browser that cannot draw a picture anew', () => {
  it.each(['OffscreenCanvas', 'createImageBitmap'])('for want of %s says so', async (missing) => {
    const bytes = await picture();
    expect(unwrap(await recode('it.png', bytes)).type).toBe('webp');
    vi.stubGlobal(missing, undefined);
    expect(await recode('it.png', bytes)).toMatchObject({ ok: false, code: 'picture_undrawn' });
  });

  it('for want of a pen says so', async () => {
    const bytes = await picture();
    vi.spyOn(OffscreenCanvas.prototype, 'getContext').mockReturnValue(null);
    expect(await recode('it.png', bytes)).toMatchObject({ ok: false, code: 'picture_undrawn' });
    vi.restoreAllMocks();
  });

  it.each(['en', 'de'] as const)('says what is missing and what to do, %s', (locale) => {
    const words = m.unread_picture_undrawn({}, { locale });
    expect(words).toContain('OffscreenCanvas');
    expect(words).toContain('npx fairground import');
    expect(refusalWords('picture_undrawn')).toBe(m.unread_picture_undrawn());
  });
});
