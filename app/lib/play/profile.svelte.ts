/** Who I am on this device: name, face and how I like the page. Kept in the browser, told to nobody but the rooms I enter. */
import { generateName } from './names.ts';

export type Theme = 'system' | 'light' | 'dark';
export type Motion = 'system' | 'less';

export interface Profile {
  name: string;
  avatar: number;
  theme: Theme;
  motion: Motion;
  /** Tones and buzzes in a match; off at first. */
  sound: boolean;
  vibrate: boolean;
}

export const MAX_NAME = 24;
const KEY = 'fairground.profile';

function random32(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

/** A damaged or foreign value is replaced, never trusted. */
export function parseProfile(text: string | null, random: () => number): Profile {
  const fresh: Profile = {
    name: generateName(random()),
    avatar: random(),
    theme: 'system',
    motion: 'system',
    sound: false,
    vibrate: false,
  };
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    if (typeof kept !== 'object' || kept === null) return fresh;
    const { name, avatar, theme, motion, sound, vibrate } = kept as Partial<Record<keyof Profile, unknown>>;
    return {
      name: typeof name === 'string' && name.trim() !== '' ? name.slice(0, MAX_NAME) : fresh.name,
      avatar:
        typeof avatar === 'number' && Number.isInteger(avatar) && avatar >= 0 && avatar <= 0xffffffff
          ? avatar
          : fresh.avatar,
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
      motion: motion === 'less' ? 'less' : 'system',
      sound: sound === true,
      vibrate: vibrate === true,
    };
  } catch {
    return fresh;
  }
}

/** A browser that forbids storage still plays; it only forgets. */
function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function write(text: string): void {
  try {
    localStorage.setItem(KEY, text);
  } catch {
    // nothing to do: the settings say that this browser forgets
  }
}

export const profile: Profile = $state(parseProfile(read(), random32));

export function saveProfile(change: Partial<Profile>): void {
  Object.assign(profile, change);
  write(JSON.stringify(profile));
  wear(profile);
}

/** Puts theme and motion on the document; `app.html` does the same before the first paint. */
export function wear({ theme, motion }: Pick<Profile, 'theme' | 'motion'>): void {
  const light =
    theme === 'light' || (theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
  document.documentElement.style.backgroundColor = light ? '#f3ecdf' : '#12141a';
  if (motion === 'less') document.documentElement.dataset.motion = 'less';
  else delete document.documentElement.dataset.motion;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', light ? '#f3ecdf' : '#12141a');
}

export function newFace(): number {
  return random32();
}

export function newName(): string {
  return generateName(random32());
}
