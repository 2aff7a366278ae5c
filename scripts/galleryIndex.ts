/** The page that lists the pictures: what each shows, and its sizes in both themes. */
import { SECTIONS, type Shot, SIZES, THEMES } from '../app/routes/gallery/shots.ts';

const HEAD = `# Screens

Pictures of every screen. Each was looked at beside the design before it was put here; \`/gallery\` (while \`npm run dev\` runs) shows the same states alive, and every component beside them.

- \`gallery/\`: the states below, in the sizes ${sizes()}, in both themes. \`node_modules/.bin/node scripts/galleryScreens.ts\` takes them anew (those alone whose names follow) and writes this page; \`app/routes/gallery/shots.ts\` says which there are.
- \`*.png\` beside this page: a real match on phones, for the README. \`node_modules/.bin/node scripts/screens.ts\` takes them anew, after \`npm run build\`.
- What a test compares lies in \`app/routes/gallery/pictures\`: \`npm run component -- app/routes/gallery/pictures -u\`.

Look at a picture before it is committed: it says that this is how the screen should look.
`;

function sizes(): string {
  return Object.entries(SIZES)
    .map(([name, { width, height }]) => `${name} (${width} × ${height})`)
    .join(', ');
}

function links({ name, sizes: at }: Shot): string {
  return at
    .map((size) =>
      THEMES.map((theme) => `[${size} ${theme}](gallery/${name}-${size}-${theme}.webp)`).join(' '),
    )
    .join(' · ');
}

export function galleryIndex(): string {
  const parts = SECTIONS.map(
    ({ title, shots }) =>
      `## ${title}\n\n${shots.map((shot) => `- **${shot.name}**: ${shot.shows}. ${links(shot)}`).join('\n')}\n`,
  );
  return [HEAD, ...parts].join('\n');
}
