/** What the young of animals are called; the first name is the one to ask for, the others are not wrong either. CC0-1.0. */
import { rows } from './rows.ts';

export interface Animal {
  readonly name: string;
  readonly young: readonly string[];
}

const TABLE = `
cow: calf; elephant: calf; giraffe: calf; whale: calf; dolphin: calf; hippopotamus: calf; rhinoceros: calf
horse: foal; donkey: foal; zebra: foal
sheep: lamb; goat: kid; pig: piglet
dog: puppy / pup / whelp; cat: kitten; lion: cub; tiger: cub; bear: cub; kangaroo: joey; koala: joey
swan: cygnet; goose: gosling; duck: duckling; eagle: eaglet; owl: owlet; hare: leveret; frog: tadpole
`;

export const ANIMALS: readonly Animal[] = rows(TABLE, ': ').map(([name = '', young = '']) => ({
  name,
  young: young.split(' / '),
}));
