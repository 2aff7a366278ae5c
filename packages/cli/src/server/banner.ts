/** What a person sees when a server has started: where to go, a code for phones, where the data lies. */
import { resolve } from 'node:path';
import { renderUnicodeCompact } from 'uqr';
import { bold, counted, dim, yellow } from '../terminal/print.ts';
import type { Addresses } from './addresses.ts';

export interface Opened {
  readonly addresses: Addresses;
  readonly dataDir: string;
  readonly questions: number;
  readonly hasApp: boolean;
}

export function banner({ addresses: { here, network }, dataDir, questions, hasApp }: Opened): string {
  const lines = [
    bold('Fairground is open.'),
    '',
    `  On this machine   ${bold(here)}`,
    ...(network === undefined
      ? []
      : [
          `  For phones        ${bold(network)}`,
          '',
          indent(renderUnicodeCompact(network, { border: 1 })),
          '',
        ]),
    `  Data              ${resolve(dataDir)}`,
    `  Questions         ${counted(questions, 'question')} ${dim('(more: fairground import <files>)')}`,
    ...(hasApp
      ? []
      : [
          '',
          yellow('  The app is not built, so browsers see nothing: run "npm run build" and start again.'),
        ]),
    '',
    dim('  Ctrl-C ends it.'),
  ];
  return lines.join('\n');
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
