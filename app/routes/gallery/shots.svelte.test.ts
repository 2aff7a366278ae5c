import { expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { SHOTS } from './shots.ts';

it('[U246] every state of the gallery is pictured, and nothing that is none', () => {
  const pictured = new Set(SHOTS.map(({ state }) => state));
  expect([...pictured].toSorted()).toEqual(Object.keys(catalogue).toSorted());
});
