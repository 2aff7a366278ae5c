/** Ties `docs/spec/*.md` (`- **L12** …`) to tests (`[L12] …`): each rule is tested, each test says which rule it is for. */
import { globSync, readFileSync } from 'node:fs';
import { exit } from 'node:process';
import ts from 'typescript';
import { limits } from '../packages/protocol/src/limits.ts';

export interface SpecText {
  readonly file: string;
  readonly text: string;
}

interface TestCase {
  readonly where: string;
  readonly title: string;
  readonly ids: readonly string[];
}

const ruleLine = /^\s*- \*\*([A-Z]+\d+[a-z]?)\*\*/gm;
const titleId = /\[([A-Z]+\d+[a-z]?)\]/g;
const titleLimit = /\blimit ([a-z]+(?:[A-Z][a-zA-Z]*)?)(?=[:,])/g;
const testNames = new Set(['it', 'test']);

/** What is wrong, a line each; empty when rules and tests agree. */
export function specFaults(specs: readonly SpecText[], tests: readonly SpecText[]): readonly string[] {
  const rules = specs.flatMap(({ file, text }) => captures(ruleLine, text).map((id) => ({ id, file })));
  const cases = tests.flatMap(testCases);
  const known = new Set(rules.map((rule) => rule.id));
  const tested = new Set(cases.flatMap((test) => test.ids));
  return [
    ...repeated(rules.map((rule) => rule.id)).map((id) => `${id} is defined twice`),
    ...rules.filter(({ id }) => !tested.has(id)).map(({ id, file }) => `${file}: ${id} has no test`),
    ...cases
      .filter(({ ids }) => ids.length === 0)
      .map(({ where, title }) => `${where} names no rule: ${title}`),
    ...cases.flatMap(({ ids, where }) =>
      ids.filter((id) => !known.has(id)).map((id) => `${where} names ${id}, which no spec has`),
    ),
  ];
}

/** Each row of the limits table that the code reads has a test that names it, as in `limit frameBytes: …`. */
export function limitFaults(
  names: readonly string[],
  tests: readonly SpecText[],
  code: readonly SpecText[] = [],
): readonly string[] {
  const isRead = (name: string) => code.some(({ text }) => new RegExp(`\\blimits\\.${name}\\b`).test(text));
  const quoted = new Set(tests.flatMap(testCases).flatMap(({ title }) => captures(titleLimit, title)));
  return [
    ...names
      .filter((name) => !quoted.has(name) && isRead(name))
      .map((name) => `limit ${name} has no test that names it`),
    ...[...quoted]
      .filter((name) => !names.includes(name))
      .map((name) => `limit ${name} is tested and is none`),
  ];
}

function testCases({ file, text }: SpecText): readonly TestCase[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: TestCase[] = [];
  const visit = (node: ts.Node, outer: readonly string[]): void => {
    const name = ts.isCallExpression(node) ? calledName(node.expression) : undefined;
    const title = ts.isCallExpression(node) ? titleOf(node, source) : undefined;
    const ids = name === undefined || title === undefined ? outer : [...outer, ...captures(titleId, title)];
    if (name !== undefined && title !== undefined && testNames.has(name)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      found.push({ where: `${file}:${line}`, title, ids });
    }
    ts.forEachChild(node, (child) => visit(child, ids));
  };
  visit(source, []);
  return found;
}

/** `it` for `it(…)`, `it.each(…)(…)`, `it.skipIf(…)(…)` and `it.each`…`(…)`; only calls whose first argument is a title count. */
function calledName(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee))
    return testNames.has(callee.text) || callee.text === 'describe' ? callee.text : undefined;
  if (ts.isPropertyAccessExpression(callee)) return memberName(callee);
  if (ts.isCallExpression(callee)) return calledName(callee.expression);
  if (ts.isTaggedTemplateExpression(callee)) return calledName(callee.tag);
  return undefined;
}

function memberName(callee: ts.PropertyAccessExpression): string | undefined {
  const of = calledName(callee.expression);
  if (of === undefined || callee.name.text === 'step') return undefined;
  return callee.name.text === 'describe' ? 'describe' : of;
}

function titleOf(call: ts.CallExpression, source: ts.SourceFile): string | undefined {
  const first = call.arguments[0];
  if (first === undefined) return undefined;
  if (ts.isStringLiteralLike(first)) return first.text;
  return ts.isTemplateExpression(first) ? first.getText(source) : undefined;
}

function captures(pattern: RegExp, text: string): readonly string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
}

function repeated(ids: readonly string[]): readonly string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

function read(patterns: readonly string[]): readonly SpecText[] {
  const files = globSync(patterns, { exclude: ['**/node_modules/**'] }).toSorted();
  return files.map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

function main(): void {
  // A contract suite is no *.test.ts, but its cases count: whatever imports a test runner is read.
  const sources = read([
    '{packages/*,relay,authority}/src/**/*.ts',
    '{app,scripts,bench,fuzz,soak,chaos}/**/*.ts',
    'e2e/suites/**/*.ts',
  ]);
  const tests = sources.filter(
    ({ text }) => /from '(vitest|@playwright\/test)'/.test(text) || text.includes("from '../fixtures"),
  );
  const faults = [
    ...specFaults(read(['docs/spec/*.md']), tests),
    ...limitFaults(Object.keys(limits), tests, sources),
  ];
  for (const fault of faults) console.error(fault);
  console.log(`${tests.length} files of tests, ${faults.length} faults between rules and tests`);
  if (faults.length > 0) exit(1);
}

if (import.meta.main) main();
