/** What authorities say of themselves, as Prometheus text (exposition format 0.0.4). */
import type { StatsFrame } from '@fairground/protocol';

/** By the authority's key in hex. A name that several tell is one metric. */
export function formatAuthorityStats(stats: ReadonlyMap<string, StatsFrame>): string {
  const metrics = new Map<string, { readonly head: string; readonly lines: string[] }>();
  for (const [authority, { values }] of stats) {
    for (const { name, kind, help, labels, value } of values) {
      const full = `fairground_authority_${name}`;
      const head = `# HELP ${full} ${escapeHelp(help)}\n# TYPE ${full} ${kind}`;
      const metric = metrics.get(full) ?? { head, lines: [] };
      metrics.set(full, metric);
      metric.lines.push(
        `${full}{${formatLabels({ ...labels, authority: authority.slice(0, 16) })}} ${value}`,
      );
    }
  }
  return [...metrics.values()].map(({ head, lines }) => `${head}\n${lines.join('\n')}\n`).join('');
}

function formatLabels(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, escapeOne)}"`)
    .join(',');
}

function escapeHelp(help: string): string {
  return help.replace(/[\\\n]/g, escapeOne);
}

function escapeOne(character: string): string {
  return character === '\n' ? '\\n' : `\\${character}`;
}
