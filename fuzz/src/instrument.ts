/** Puts a call at each branch of a module's code, so that a search sees which inputs reach something new. Lines stay where they are. */
import { registerHooks } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { hit } from './coverage.ts';

const ours = /\/(packages\/\w+|relay)\/src\/(?!testing\/)(?!.*\.test\.ts)/;
/** Others' readers that strangers' bytes reach through ours. */
const theirs = /\/node_modules\/(yjs\/dist|lib0|fflate\/esm)\//;
const hitName = '__fairgroundHit';

/** Whatever the folders are called in which the project lies. */
export function isReader(url: string): boolean {
  return ours.test(url) || theirs.test(url);
}

/** From now on in this thread, modules are instrumented as they are loaded. */
export function instrumentModules(): void {
  Reflect.set(globalThis, hitName, hit);
  registerHooks({
    load(url, context, next) {
      const isModule = context.format === 'module' || context.format === 'module-typescript';
      if (!isModule || !isReader(url)) return next(url, context);
      const file = fileURLToPath(url);
      const text = readFileSync(file, 'utf8');
      return {
        format: 'module',
        source: instrument(file.endsWith('.ts') ? withoutTypes(text) : text),
        shortCircuit: true,
      };
    },
  });
}

function withoutTypes(text: string): string {
  const { ESNext } = ts.ModuleKind;
  const compilerOptions = { target: ts.ScriptTarget.ESNext, module: ESNext, verbatimModuleSyntax: true };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

let branches = 0;

export function instrument(source: string): string {
  const file = ts.createSourceFile('x.js', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const inserts: { readonly at: number; readonly text: string }[] = [];
  const call = () => `__hit(${scatter(branches++)})`;
  const atStart = (block: ts.Node) => inserts.push({ at: block.getStart(file) + 1, text: `${call()};` });
  const statement = (node: ts.Statement | undefined) => {
    if (!node) return;
    if (ts.isBlock(node)) return void atStart(node);
    inserts.push({ at: node.getStart(file), text: `{${call()};` });
    closers.push({ node, text: '}' });
  };
  const expression = (node: ts.Expression) => {
    inserts.push({ at: node.getStart(file), text: `(${call()},` });
    closers.push({ node, text: ')' });
  };
  const closers: { readonly node: ts.Node; readonly text: string }[] = [];
  const visit = (node: ts.Node): void => {
    const mine = closers.length;
    mark(node, { atStart, statement, expression, clause: (at) => inserts.push({ at, text: `${call()};` }) });
    ts.forEachChild(node, visit);
    // What was opened around this node's children closes at their ends, the inner ones first: those are closed already.
    for (const { node: closed, text } of closers.splice(mine)) inserts.push({ at: closed.end, text });
  };
  visit(file);
  return `const __hit=globalThis.${hitName};${applied(source, inserts)}`;
}

interface Marks {
  atStart(block: ts.Node): void;
  statement(node: ts.Statement | undefined): void;
  expression(node: ts.Expression): void;
  clause(at: number): void;
}

const shortCircuits = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

function mark(node: ts.Node, marks: Marks): void {
  if (ts.isFunctionLike(node) && 'body' in node && node.body) {
    if (ts.isBlock(node.body)) marks.atStart(node.body);
    else marks.expression(node.body as ts.Expression);
  } else if (ts.isIfStatement(node)) {
    marks.statement(node.thenStatement);
    marks.statement(node.elseStatement);
  } else if (ts.isIterationStatement(node, false)) marks.statement(node.statement);
  else if (ts.isCaseOrDefaultClause(node)) marks.clause(node.statements.pos);
  else if (ts.isCatchClause(node)) marks.atStart(node.block);
  else if (ts.isConditionalExpression(node)) {
    marks.expression(node.whenTrue);
    marks.expression(node.whenFalse);
  } else if (ts.isBinaryExpression(node) && shortCircuits.has(node.operatorToken.kind))
    marks.expression(node.right);
}

/** Numbers far from each other, so that the edges between neighbours do not meet. */
function scatter(count: number): number {
  return Math.imul(count + 1, 0x9e3779b1) >>> 16;
}

function applied(source: string, inserts: readonly { readonly at: number; readonly text: string }[]): string {
  let text = '';
  let from = 0;
  for (const { at, text: added } of inserts.toSorted((a, b) => a.at - b.at)) {
    text += source.slice(from, at) + added;
    from = at;
  }
  return text + source.slice(from);
}
