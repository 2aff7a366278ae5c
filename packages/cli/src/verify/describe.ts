/** What a verification found, in plain words: never "valid" without whose word it rests on and what was left out. */
import type { VerifyReport } from '@fairground/ledger';
import { bold, counted, dim, green, red, yellow } from '../terminal/print.ts';

/** A report of `verify`, or of a file that could not even be unzipped. */
export type Report = Omit<VerifyReport, 'failure'> & {
  readonly failure: { readonly code: string; readonly index: number | null; readonly message: string } | null;
};

/** Codes after which nobody knows: the log may be good. */
const undecided: ReadonlySet<string> = new Set([
  'rules_unknown',
  'source_unreadable',
  'anchor_malformed',
  'log_too_large',
]);

export function exitCodeOf({ failure }: Report): 0 | 1 | 2 {
  if (!failure) return 0;
  return undecided.has(failure.code) ? 2 : 1;
}

export function headline(report: Report): string {
  const { failure, ms, level } = report;
  if (!failure)
    return `${green('✓')} ${bold('Valid')}  ${dim(`${level} check in ${(ms / 1000).toFixed(2)} s`)}`;
  const where = failure.index === null ? '' : ` at entry ${failure.index}`;
  const verdict =
    exitCodeOf(report) === 2 ? `${yellow('?')} ${bold('Not decided')}` : `${red('✗')} ${bold('Not valid')}`;
  const said = failure.message === failure.code ? '' : ` ${failure.message}`;
  return `${verdict}${where}:${said} ${dim(`(${failure.code})`)}`;
}

export function describeReport(report: Report): string {
  const { world, origin, game, version, size, players } = report;
  const isOpened = world !== '';
  const about = isOpened
    ? [
        `  World    ${world}`,
        `  Signed   by ${origin.slice(0, origin.lastIndexOf('/'))}`,
        `  Holds    ${game} ${version}, ${counted(size, 'entry', 'entries')}, ${counted(players, 'player')}`,
      ]
    : [];
  const checks = report.checks.map(
    (check) => `  ${mark(check)} ${check.name.padEnd(12)} ${dim(check.detail)}`,
  );
  const trust = report.failure ? [] : [`  Trust    ${trustSentence(report)}`];
  const missing =
    report.failure || report.level === 'full'
      ? []
      : [
          `  ${yellow('Missing')}  authorship not checked: signatures, commitments and sealed answers are part of --level full.`,
        ];
  return [
    headline(report),
    ...about,
    ...trust,
    ...missing,
    ...(checks.length > 0 ? ['', ...checks] : []),
  ].join('\n');
}

function mark({ ok, detail }: Report['checks'][number]): string {
  if (!ok) return red('✗');
  return detail.includes('not checked') ? yellow('–') : green('✓');
}

function trustSentence({ trust }: Report): string {
  switch (trust) {
    case 'pinned':
      return 'pinned: it is the log that your --anchor names.';
    case 'known':
      return "known: the authority's key is among those of your --known file.";
    case 'self-asserted':
      return 'self-asserted: only the file itself says whose log it is. Bring a world id, vkey or did:key with --anchor to pin it.';
  }
}
