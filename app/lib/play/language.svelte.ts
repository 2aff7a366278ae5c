/** The language of the page; a change redraws it without a reload, so that nobody loses a running question. */
import { getLocale, isLocale, setLocale } from '#lib/paraglide/runtime.js';

const state: { now: 'en' | 'de' } = $state({ now: getLocale() });

export const language: { readonly now: 'en' | 'de' } = state;

export function setLanguage(next: 'en' | 'de'): void {
  if (!isLocale(next)) return;
  void setLocale(next, { reload: false });
  state.now = next;
  document.documentElement.lang = next;
}
