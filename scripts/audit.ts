/** Asks the registry for known faults of what is installed. 0: none, or explained below; 1: some; 2: the registry does not answer that. */
import { spawnSync } from 'node:child_process';
import { exit } from 'node:process';

/** Advisories that do not reach us, by their id, and why. */
const explained: { readonly [advisory: string]: string } = {};

interface Advisory {
  readonly github_advisory_id: string;
  readonly module_name: string;
  readonly severity: string;
  readonly title: string;
}

const asked = spawnSync('npx', ['--yes', '--prefer-offline', 'pnpm@12.21.0', 'audit', '--json'], {
  encoding: 'utf8',
});
const found = advisoriesIn(asked.stdout);
if (!found) {
  console.error(
    `Not audited: this registry does not answer (${reasonIn(asked.stdout + asked.stderr)}). Ask another one.`,
  );
  exit(2);
}
for (const { github_advisory_id: id, module_name: name, severity, title } of found)
  console.log(
    `${id} ${severity} ${name}: ${title} ${explained[id] === undefined ? '' : `(explained: ${explained[id]})`}`,
  );
const open = found.filter(({ github_advisory_id: id }) => explained[id] === undefined);
console.log(`${found.length} known faults, ${open.length} of them not explained`);
exit(open.length > 0 ? 1 : 0);

/** Undefined for what is no report. */
function advisoriesIn(text: string): readonly Advisory[] | undefined {
  try {
    const report = JSON.parse(text) as { readonly advisories?: { readonly [id: string]: Advisory } };
    return report.advisories && Object.values(report.advisories);
  } catch {
    return undefined;
  }
}

function reasonIn(text: string): string {
  return /ERR_\w+/.exec(text)?.[0] ?? 'no report';
}
