/** What was found against an authority or a carrier, for people; the code and the entry stand beside it. */
import { m } from '#lib/paraglide/messages.js';

export interface FaultWords {
  readonly title: string;
  readonly text: string;
}

/** `index`: the entry at which it shows. */
export function faultWords({ code, index }: { readonly code: string; readonly index: number }): FaultWords {
  switch (code) {
    case 'equivocation':
      return { title: m.fault_two_histories(), text: m.fault_two_histories_text() };
    case 'drop':
      return { title: m.fault_drop(), text: m.fault_drop_text({ entry: index }) };
    case 'delay':
      return { title: m.fault_delay(), text: m.fault_delay_text() };
    case 'view_mismatch':
    case 'view_root':
      return { title: m.fault_view(), text: m.fault_view_text() };
    default:
      return { title: m.fault_title({ entry: index }), text: m.shield_words_fault() };
  }
}
