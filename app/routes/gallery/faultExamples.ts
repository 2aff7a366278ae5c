/** What may be proved against an authority, or whoever carried our words. */
import type { Charge, LogFault } from '@fairground/peer';

export const twoHistories: LogFault = {
  ...{ blame: 'authority', code: 'equivocation', index: 127, message: 'equivocation' },
};

const vkey = 'fair.example/1/qaz4tu+5fccb15b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4';

export const equivocation: Charge = {
  judgement: { verdict: 'convicts', against: 'authority', vkey, code: 'equivocation', index: null },
  proof: { kind: 'equivocation', vkey, smaller: '', larger: '', proof: [] },
};

export const keptBack: Charge = {
  judgement: { verdict: 'convicts', against: 'carrier', vkey, code: 'delay', index: 96 },
  proof: {
    ...{ kind: 'delay', vkey, checkpoint: '', entries: [] },
    ...{ intent: { bytes: '', sig: '' }, seen: { bytes: '', sig: '' } },
  },
};
