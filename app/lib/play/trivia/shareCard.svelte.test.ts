import { describe, expect, it } from 'vitest';
import { drawShareCard } from './shareCard.ts';

const words = { title: 'Brit‑Pop', headline: 'You won.', line: '1st of 8', accent: '#ff4d9d' };

describe('[U92] the ticket as a picture', () => {
  it.each([[[]], [[true, false, true]], [Array.from({ length: 50 }, (_, i) => i % 2 === 0)]])(
    'is drawn in the topic’s colour, of any number of questions',
    async (marks) => {
      const blob = await drawShareCard({ ...words, marks, headline: 'W'.repeat(marks.length + 4) });
      if (!blob) throw new Error('there is a canvas here');
      const picture = await createImageBitmap(blob);
      expect([picture.width, picture.height]).toEqual([1200, 630]);
      const pen = new OffscreenCanvas(1200, 630).getContext('2d');
      pen?.drawImage(picture, 0, 0);
      // Its ground, and the ink of the perforation.
      expect([...(pen?.getImageData(600, 10, 1, 1).data ?? [])]).toEqual([255, 77, 157, 255]);
      expect([...(pen?.getImageData(4, 520, 1, 1).data ?? [])]).toEqual([18, 20, 26, 255]);
    },
  );
});
