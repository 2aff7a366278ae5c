/** Big screens in a room, from presence and from what the host wrote into the room's document. */
import type { Person, SettingDraft } from '@fairground/peer';
import { didToHex } from '../didHex.ts';

/** The setting's name in the room's document; it is not one of the rules. */
export const PHONES_SHOW = 'phones';

export function isScreen(person: Person): boolean {
  return person['screen'] === true;
}

/** People who look on: neither screens nor whoever has a seat here now. */
export function lookersOn(people: readonly Person[], seated: number): number {
  return Math.max(0, people.filter((person) => !isScreen(person)).length - seated);
}

/** `host`: hex of the key. Only what the host wrote counts. */
export function wantsOptionsOnly(settings: Readonly<Record<string, SettingDraft>>, host: string): boolean {
  const kept = settings[PHONES_SHOW];
  return kept?.value === 'options' && didToHex(kept.by) === host;
}
