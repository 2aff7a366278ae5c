import { describe, expect, it } from 'vitest';
import { generateName } from './names.ts';
import { isRude } from './rudeNames.ts';
import { politeView } from './trivia/politeView.ts';
import type { TriviaView } from './trivia/view.ts';

describe('[U94] rude names', () => {
  it.each([
    'Fuck You',
    'FUCK',
    'fuuuuck',
    'sh1t',
    '$hit',
    'A$$hole',
    'Arschloch',
    'Scheiße',
    'scheisse',
    'f u c k',
    'f.u.c.k',
    'xXfuckerXx',
    'Wichser 3000',
    'fück',
  ])('%s is one', (name) => expect(isRude(name)).toBe(true));

  it.each([
    'Scunthorpe',
    'Turpin',
    'Cassandra',
    'Peacock',
    'Essex',
    'Hancock',
    'Class of 99',
    'Schwanzer',
    'Analyst',
    'Titania',
    'Passau',
    'Ana',
    'Nutella',
    'Sussex',
    '日本',
    '',
  ])('%s is none', (name) => expect(isRude(name)).toBe(false));

  it('no generated name is one', () => {
    for (let seed = 0; seed < 48 * 48; seed++) expect(isRude(generateName(seed))).toBe(false);
  });
});

describe('[U95] a rude name on a screen', () => {
  it('is shown as a generated one, the same each time, and nothing else changes', () => {
    const standings = [
      { id: 'a', name: 'Arschloch', avatar: 7, points: 5 },
      { id: 'b', name: 'Ana', avatar: 8, points: 3 },
    ];
    const seats = standings.map(({ id, name }) => ({ id, name }));
    const view = { title: 'x', topics: ['science'], standings, over: { seats } } as unknown as TriviaView;
    const shown = politeView(view);
    expect(shown.standings).toEqual([{ ...standings[0], name: generateName(7) }, standings[1]]);
    expect(shown.over?.seats.map(({ name }) => name)).toEqual([generateName(7), 'Ana']);
    expect(politeView({ ...view, standings: standings.slice(1) } as unknown as TriviaView).standings).toEqual(
      standings.slice(1),
    );
  });
});
