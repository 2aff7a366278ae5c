/** Names for the players of a simulated party. */
const names = [
  'Ada',
  'Bruno',
  'Chidi',
  'Dana',
  'Elif',
  'Femi',
  'Grace',
  'Hugo',
  'Ines',
  'Jonas',
  'Kaya',
  'Liam',
  'Mina',
  'Noor',
  'Olga',
  'Pavel',
  'Quinn',
  'Rosa',
  'Sami',
  'Tilda',
  'Uma',
  'Viktor',
  'Wanda',
  'Yusuf',
];

/** Different for every number. */
export function nameOf(number: number): string {
  const name = names[number % names.length] ?? 'Player';
  const lap = Math.floor(number / names.length);
  return lap === 0 ? name : `${name} ${lap + 1}`;
}
