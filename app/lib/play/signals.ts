/** A short tone and a short buzz for what happens in a match; both are off until somebody switches them on. */
import { profile } from './profile.svelte.ts';

export type Signal = 'asked' | 'locked' | 'right' | 'wrong';

/** Milliseconds of buzzing and of silence in turn. */
const BUZZES: Readonly<Record<Signal, readonly number[]>> = {
  asked: [30],
  locked: [15],
  right: [20, 60, 20, 60, 60],
  wrong: [180],
};
/** Hertz, one note after the other. */
const NOTES: Readonly<Record<Signal, readonly number[]>> = {
  asked: [523, 659],
  locked: [659],
  right: [523, 659, 784],
  wrong: [247, 196],
};
const NOTE_S = 0.11;
const LOUD = 0.12;

let speaker: AudioContext | undefined;

export function signal(what: Signal): void {
  // Some browsers have no motor to buzz with, and say so by not having the function.
  if (profile.vibrate && 'vibrate' in navigator) navigator.vibrate([...BUZZES[what]]);
  if (profile.sound) play(NOTES[what]);
}

function play(notes: readonly number[]): void {
  speaker ??= new AudioContext();
  // Until somebody has touched the page, browsers keep it silent.
  void speaker.resume();
  const volume = speaker.createGain();
  volume.connect(speaker.destination);
  const begin = speaker.currentTime;
  const end = begin + notes.length * NOTE_S;
  volume.gain.setValueAtTime(LOUD, begin);
  volume.gain.exponentialRampToValueAtTime(0.001, end + NOTE_S);
  const voice = speaker.createOscillator();
  voice.type = 'triangle';
  notes.forEach((note, i) => voice.frequency.setValueAtTime(note, begin + i * NOTE_S));
  voice.connect(volume);
  voice.start(begin);
  voice.stop(end + NOTE_S);
}
