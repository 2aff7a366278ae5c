/** Refuses in `packages/rules` what could make two engines, or two runs, compute different bits. */
import { globSync, readFileSync } from 'node:fs';
import { exit } from 'node:process';
import ts from 'typescript';

export interface Impurity {
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

/** Exact in every engine (ECMA-262 §21.3.2); the others are "implementation-approximated". */
const exactMath = new Set(['abs', 'ceil', 'clz32', 'floor', 'imul', 'max', 'min', 'round', 'sign', 'trunc']);

const machine =
  'Date Temporal performance setTimeout setInterval queueMicrotask Promise Atomics Intl console process Buffer fetch ' +
  'crypto globalThis self window navigator localStorage indexedDB parseFloat WeakRef FinalizationRegistry eval Function';
const forbiddenNames = new Set(machine.split(' '));

const localeOrFloat =
  'toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase toLocaleString localeCompare normalize ' +
  'toFixed toPrecision toExponential';
const forbiddenMethods = new Set(localeOrFloat.split(' '));

/** Every impurity of one source text, in order. */
export function impurities(file: string, text: string): readonly Impurity[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Impurity[] = [];
  const visit = (node: ts.Node): void => {
    const what = impurityOf(node);
    if (what !== undefined) found.push({ file, line: lineOf(source, node), what });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function impurityOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return impureName(node);
  if (ts.isCallExpression(node)) return unorderedSort(node);
  if (ts.isImportDeclaration(node)) return impureImport(node);
  if (ts.isNumericLiteral(node) && !Number.isInteger(Number(node.text))) return `fraction ${node.text}`;
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async';
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined))
    return 'await';
  if (node.kind === ts.SyntaxKind.AsteriskAsteriskToken) return '** (multiply, or use a table)';
  if (node.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken) return '**= (multiply, or use a table)';
  return undefined;
}

function impureName(node: ts.Identifier): string | undefined {
  if (isMemberName(node))
    return forbiddenMethods.has(node.text) && !isDeclared(node) ? `.${node.text}` : undefined;
  if (isDeclared(node) || ts.isTypeReferenceNode(node.parent)) return undefined;
  if (node.text === 'Math') return inexactMath(node);
  return forbiddenNames.has(node.text) ? node.text : undefined;
}

function inexactMath(node: ts.Identifier): string | undefined {
  const member = node.parent;
  const isExact =
    ts.isPropertyAccessExpression(member) && member.expression === node && exactMath.has(member.name.text);
  return isExact ? undefined : member.getText();
}

function unorderedSort(node: ts.CallExpression): string | undefined {
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee) || node.arguments.length > 0) return undefined;
  return callee.name.text === 'sort' || callee.name.text === 'toSorted'
    ? `.${callee.name.text}() without a comparator`
    : undefined;
}

function impureImport(node: ts.ImportDeclaration): string | undefined {
  const from = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : '';
  return from.startsWith('node:') ? `import of ${from}` : undefined;
}

/** `b` in `a.b`, `{ b: 1 }` or an interface: a name of our own choice, no global. */
function isMemberName(node: ts.Identifier): boolean {
  const parent = node.parent;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isQualifiedName(parent) && parent.right === node) ||
    isDeclared(node)
  );
}

function isDeclared(node: ts.Identifier): boolean {
  const parent = node.parent;
  const named =
    ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent);
  return named && parent.name === node;
}

function lineOf(source: ts.SourceFile, node: ts.Node): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

function main(): void {
  const files = globSync('packages/rules/src/**/*.ts').filter((file) => !file.endsWith('.test.ts'));
  const found = files.toSorted().flatMap((file) => impurities(file, readFileSync(file, 'utf8')));
  for (const { file, line, what } of found) console.error(`${file}:${line} rules must not use ${what}`);
  console.log(`${files.length} files of rules, ${found.length} impurities`);
  if (found.length > 0) exit(1);
}

if (import.meta.main) main();
