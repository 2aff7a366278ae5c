/** The planets in their order from the Sun, with their diameters at the equator in km. Compiled for this project, CC0-1.0. */

export const PLANETS = [
  { name: 'Mercury', diameter: 4_879 },
  { name: 'Venus', diameter: 12_104 },
  { name: 'Earth', diameter: 12_756 },
  { name: 'Mars', diameter: 6_792 },
  { name: 'Jupiter', diameter: 142_984 },
  { name: 'Saturn', diameter: 120_536 },
  { name: 'Uranus', diameter: 51_118 },
  { name: 'Neptune', diameter: 49_528 },
] as const;
