/** Works and who made them, one person each. Compiled for this project, CC0-1.0. */
import { rows } from './rows.ts';

export interface Work {
  readonly title: string;
  readonly maker: string;
}

const BOOKS = `
Jane Austen: Pride and Prejudice / Emma / Sense and Sensibility / Mansfield Park
Charlotte Brontë: Jane Eyre / Villette
Emily Brontë: Wuthering Heights
Charles Dickens: Oliver Twist / David Copperfield / Great Expectations / A Tale of Two Cities
Mary Shelley: Frankenstein
Bram Stoker: Dracula
Oscar Wilde: The Picture of Dorian Gray
Robert Louis Stevenson: Treasure Island / Kidnapped
Lewis Carroll: Alice’s Adventures in Wonderland / Through the Looking-Glass
H. G. Wells: The Time Machine / The War of the Worlds / The Invisible Man
Rudyard Kipling: The Jungle Book / Kim
Joseph Conrad: Heart of Darkness / Lord Jim
George Orwell: Animal Farm / Nineteen Eighty-Four
Aldous Huxley: Brave New World
Virginia Woolf: Mrs Dalloway / To the Lighthouse / Orlando
James Joyce: Ulysses / Finnegans Wake
J. R. R. Tolkien: The Hobbit / The Lord of the Rings
William Golding: Lord of the Flies
Herman Melville: Moby-Dick
Nathaniel Hawthorne: The Scarlet Letter
Mark Twain: The Adventures of Tom Sawyer / Adventures of Huckleberry Finn
F. Scott Fitzgerald: The Great Gatsby
Ernest Hemingway: The Old Man and the Sea / A Farewell to Arms / For Whom the Bell Tolls
John Steinbeck: The Grapes of Wrath / Of Mice and Men / East of Eden
Harper Lee: To Kill a Mockingbird
Ray Bradbury: Fahrenheit 451
Toni Morrison: Beloved
Leo Tolstoy: War and Peace / Anna Karenina
Fyodor Dostoevsky: Crime and Punishment / The Idiot / The Brothers Karamazov
Miguel de Cervantes: Don Quixote
Gabriel García Márquez: One Hundred Years of Solitude / Love in the Time of Cholera
Victor Hugo: Les Misérables
Gustave Flaubert: Madame Bovary
Alexandre Dumas: The Three Musketeers / The Count of Monte Cristo
Jules Verne: Twenty Thousand Leagues Under the Seas / Around the World in Eighty Days
Albert Camus: The Stranger / The Plague
Franz Kafka: The Trial / The Metamorphosis / The Castle
Thomas Mann: Buddenbrooks / The Magic Mountain / Death in Venice
Hermann Hesse: Steppenwolf / Siddhartha / The Glass Bead Game
Umberto Eco: The Name of the Rose
Carlo Collodi: The Adventures of Pinocchio
Astrid Lindgren: Pippi Longstocking
`;

const OPERAS = `
Wolfgang Amadeus Mozart: The Magic Flute / Don Giovanni / The Marriage of Figaro / Così fan tutte
Ludwig van Beethoven: Fidelio
Giuseppe Verdi: Aida / La traviata / Rigoletto / Nabucco / Falstaff
Giacomo Puccini: Tosca / Madama Butterfly / Turandot
Georges Bizet: Carmen
Gioachino Rossini: The Barber of Seville / William Tell
Richard Wagner: Tristan and Isolde / Lohengrin / Parsifal / The Flying Dutchman
Richard Strauss: Salome / Der Rosenkavalier
Pyotr Tchaikovsky: Eugene Onegin
Modest Mussorgsky: Boris Godunov
Claude Debussy: Pelléas et Mélisande
Henry Purcell: Dido and Aeneas
Alban Berg: Wozzeck / Lulu
Benjamin Britten: Peter Grimes / Billy Budd
George Gershwin: Porgy and Bess
Carl Maria von Weber: Der Freischütz
Vincenzo Bellini: Norma
Gaetano Donizetti: L’elisir d’amore / Lucia di Lammermoor
`;

function worksOf(table: string): readonly Work[] {
  return rows(table, ': ').flatMap(([maker = '', titles = '']) =>
    titles.split(' / ').map((title) => ({ title, maker })),
  );
}

export const NOVELS: readonly Work[] = worksOf(BOOKS);
export const STAGE_WORKS: readonly Work[] = worksOf(OPERAS);
