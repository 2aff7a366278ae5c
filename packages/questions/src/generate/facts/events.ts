/** What happened in which year; each only where historians agree on the year. Compiled for this project, CC0-1.0. */
import { rows } from './rows.ts';

export interface HistoricEvent {
  /** As in “When was …?”: a noun with its article. */
  readonly name: string;
  readonly year: number;
}

const TABLE = `
the Battle of Hastings, 1066
the sealing of Magna Carta, 1215
the Battle of Agincourt, 1415
the fall of Constantinople to the Ottomans, 1453
Columbus’s first landing in the Americas, 1492
Vasco da Gama’s arrival in India, 1498
the publication of Martin Luther’s 95 theses, 1517
the end of the first voyage around the world, 1522
the publication of Copernicus’s book on the heavenly spheres, 1543
the defeat of the Spanish Armada, 1588
the voyage of the Mayflower, 1620
the Peace of Westphalia, 1648
the Great Fire of London, 1666
the publication of Newton’s Principia, 1687
the founding of Saint Petersburg, 1703
the great earthquake of Lisbon, 1755
the American Declaration of Independence, 1776
the first manned flight of a hot-air balloon, 1783
the storming of the Bastille, 1789
Alessandro Volta’s letter about his new battery, 1800
Nelson’s victory at Trafalgar, 1805
Napoleon’s defeat at Waterloo, 1815
the opening of the railway from Stockton to Darlington, 1825
the beginning of Queen Victoria’s reign, 1837
the publication of the Communist Manifesto, 1848
the Great Exhibition in the Crystal Palace, 1851
the publication of Darwin’s On the Origin of Species, 1859
the founding of the Red Cross, 1863
the opening of the Suez Canal, 1869
Alexander Graham Bell’s patent on the telephone, 1876
Thomas Edison’s invention of the phonograph, 1877
the eruption of Krakatoa, 1883
Carl Benz’s patent on a motor car, 1886
the opening of the Eiffel Tower, 1889
Wilhelm Röntgen’s discovery of X-rays, 1895
the first Olympic Games of modern times, 1896
the first Nobel Prizes, 1901
the Wright brothers’ first powered flight, 1903
Roald Amundsen’s arrival at the South Pole, 1911
the sinking of the Titanic, 1912
the opening of the Panama Canal, 1914
the October Revolution in Russia, 1917
the discovery of Tutankhamun’s tomb, 1922
Charles Lindbergh’s flight across the Atlantic, 1927
Alexander Fleming’s discovery of penicillin, 1928
the opening of the Empire State Building, 1931
Jesse Owens’s four Olympic gold medals, 1936
the opening of the Golden Gate Bridge, 1937
the D-Day landings in Normandy, 1944
the founding of the United Nations, 1945
the independence of India, 1947
the founding of NATO, 1949
the first ascent of Mount Everest, 1953
the launch of Sputnik 1, 1957
Yuri Gagarin’s flight into space, 1961
Martin Luther King’s speech “I Have a Dream”, 1963
the first human heart transplant, 1967
the first landing of people on the Moon, 1969
the resignation of Richard Nixon, 1974
the birth of Louise Brown, the first test-tube baby, 1978
the first flight of a space shuttle into orbit, 1981
the nuclear disaster of Chernobyl, 1986
the fall of the Berlin Wall, 1989
the launch of the Hubble Space Telescope, 1990
the end of the Soviet Union, 1991
the opening of the Channel Tunnel, 1994
the birth of Dolly the cloned sheep, 1996
the introduction of euro notes and coins, 2002
the launch of the first iPhone, 2007
the landing of the rover Curiosity on Mars, 2012
`;

export const EVENTS: readonly HistoricEvent[] = rows(TABLE.replaceAll(/, (\d{4})$/gmu, '|$1'), '|').map(
  ([name = '', year = '']) => ({ name, year: Number(year) }),
);
