/** What a device may have to say of itself: a key that is gone, answers that it could not read, a browser that keeps nothing, an app that is not the newest. */
import { connection } from '#lib/play/connection.svelte.ts';
import { update } from '#lib/play/update.svelte.ts';

type Device = Partial<Pick<typeof connection, 'keyLost' | 'forgetful' | 'unreadable'>>;

/** On which nothing is the matter, but for what is named. */
export const withDevice =
  (change: Device, isOld = false) =>
  (): void => {
    Object.assign(connection, { keyLost: false, forgetful: false, unreadable: 0, ...change });
    update.ready = isOld;
  };
