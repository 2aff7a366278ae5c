import { error } from '@sveltejs/kit';
import { dev } from '$app/env';

/** Every component in every state: for development, not part of what is built. */
export function load(): void {
  if (!dev) error(404);
}
