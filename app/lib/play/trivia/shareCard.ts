/** The ticket of somebody's evening as a picture for a messenger: 1200 × 630, as link previews want it. */
export interface CardWords {
  readonly title: string;
  readonly headline: string;
  readonly line: string;
  /** One a question. */
  readonly marks: readonly boolean[];
  readonly accent: string;
}

const [WIDTH, HEIGHT, EDGE] = [1200, 630, 72];
const INK = '#12141a';

/** Undefined where the browser has no canvas to draw on. */
export async function drawShareCard(words: CardWords): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  await document.fonts.ready;
  drawTicket(pen, words.accent);
  drawMarks(pen, words.marks);
  write(pen, words.title, { size: 40, y: EDGE + 40 });
  write(pen, words.headline, { size: 96, y: 290 });
  write(pen, words.line, { size: 34, y: 470 });
  write(pen, 'Fairground', { size: 30, y: HEIGHT - 46 });
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
}

function drawTicket(pen: CanvasRenderingContext2D, accent: string): void {
  pen.fillStyle = accent;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = INK;
  for (const x of [0, WIDTH]) disc(pen, { x, y: 520, r: 22 });
  for (let x = 44; x < WIDTH - 30; x += 20) disc(pen, { x, y: 520, r: 4 });
}

/** Filled: right. As large as they fit on one line. */
function drawMarks(pen: CanvasRenderingContext2D, marks: readonly boolean[]): void {
  const step = Math.min(56, (WIDTH - 2 * EDGE) / Math.max(1, marks.length));
  const r = step * 0.34;
  pen.lineWidth = Math.max(2, r / 3);
  pen.strokeStyle = INK;
  marks.forEach((hit, i) => {
    const place = { x: EDGE + r + i * step, y: 372, r };
    if (hit) return disc(pen, place);
    pen.beginPath();
    pen.arc(place.x, place.y, r - pen.lineWidth / 2, 0, 2 * Math.PI);
    pen.stroke();
  });
}

function disc(pen: CanvasRenderingContext2D, { x, y, r }: { x: number; y: number; r: number }): void {
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.fill();
}

/** On one line: what is too long becomes smaller, and past that is cut. */
function write(pen: CanvasRenderingContext2D, text: string, { size, y }: { size: number; y: number }): void {
  const family = '"Space Grotesk Variable", "Space Grotesk", sans-serif';
  const room = WIDTH - 2 * EDGE;
  pen.fillStyle = INK;
  pen.font = `700 ${size}px ${family}`;
  const fitting = Math.max(24, Math.min(size, (size * room) / Math.max(1, pen.measureText(text).width)));
  pen.font = `700 ${fitting}px ${family}`;
  pen.fillText(text, EDGE, y, room);
}
