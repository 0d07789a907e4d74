// SPDX-License-Identifier: Apache-2.0
// What the compiler's syntax tree of a file shows: functions, casts, unchecked row types, SQL and imports.
import path from 'node:path';
import {
  type Expression,
  isArrowFunction,
  isAsExpression,
  isCallExpression,
  isConstructorDeclaration,
  isExportDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isGetAccessorDeclaration,
  isIdentifier,
  isImportDeclaration,
  isImportTypeNode,
  isLiteralTypeNode,
  isMethodDeclaration,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isSetAccessorDeclaration,
  isStringLiteral,
  isTemplateExpression,
  isTypeAssertion,
  isTypeReferenceNode,
  isVariableDeclaration,
  type Node,
  type SourceFile,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { API } from 'typescript/unstable/sync';

export interface Syntax {
  /** Lines of each function with a name; one passed as an argument counts as a part of the function around it. */
  functions: number[];
  /** Lines of the longest function, whether it has a name or not. */
  longestFunction: number;
  casts: number;
  uncheckedRows: number;
  statements: number;
  /** As written, those of types included. */
  imports: string[];
}

/** Names the type of rows that nothing checks; elements of a page are no rows. */
const QUERY = /^(?!querySelector)\$?query\w*$/;
/** Upper case and followed by what SQL has there, so that no English sentence looks like it. */
const STATEMENT =
  /^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH( RECURSIVE)? \w+|LOCK TABLE|TRUNCATE|CREATE|ALTER|DROP|SET|BEGIN|COMMIT|ROLLBACK|LISTEN|UNLISTEN|NOTIFY|REFRESH)(\s|$)/;
const CONFIG = 'tsconfig.metrics.json';

/** Parses the files of one folder; the project around them is made up, so that nothing is resolved or type checked. */
export function parseFiles(root: string, files: readonly string[]): Map<string, Syntax> {
  const config = path.join(root, CONFIG);
  const text = JSON.stringify({
    compilerOptions: { noLib: true, noResolve: true, types: [], allowJs: true, jsx: 'preserve' },
    files,
  });
  const api = new API({ cwd: root, fs: { readFile: (name) => (name === config ? text : undefined) } });
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    return new Map(
      files.map((file) => {
        const parsed = project?.program.getSourceFile(path.join(root, file));
        if (!parsed) throw new Error(`the compiler cannot read ${file}`);
        return [file, syntaxOf(parsed)];
      }),
    );
  } finally {
    api.close();
  }
}

function syntaxOf(file: SourceFile): Syntax {
  const found: Syntax = {
    functions: [],
    longestFunction: 0,
    casts: 0,
    uncheckedRows: 0,
    statements: 0,
    imports: [],
  };
  const visit = (node: Node, isInSql: boolean): void => {
    if (isFunction(node)) {
      const lines = linesOf(file, node);
      found.longestFunction = Math.max(found.longestFunction, lines);
      if (hasName(node)) found.functions.push(lines);
    }
    if (isCast(node)) found.casts++;
    if (isUncheckedQuery(node)) found.uncheckedRows++;
    const isSql = STATEMENT.test(literalText(node) ?? '');
    if (isSql && !isInSql) found.statements++;
    const specifier = importedBy(node);
    if (specifier !== undefined) found.imports.push(specifier);
    node.forEachChild((child) => visit(child, isInSql || isSql));
  };
  visit(file, false);
  return found;
}

function linesOf(file: SourceFile, node: Node): number {
  const lineAt = (position: number) => file.getLineAndCharacterOfPosition(position).line;
  return lineAt(node.getEnd()) - lineAt(node.getStart(file)) + 1;
}

function isFunction(node: Node): boolean {
  return isArrowFunction(node) || isFunctionExpression(node) || hasNameAlways(node);
}

/** Declarations without a body are types. */
function hasNameAlways(node: Node): boolean {
  const isDeclared =
    isFunctionDeclaration(node) ||
    isMethodDeclaration(node) ||
    isConstructorDeclaration(node) ||
    isGetAccessorDeclaration(node) ||
    isSetAccessorDeclaration(node);
  return isDeclared && node.body !== undefined;
}

function hasName(node: Node): boolean {
  const { parent } = node;
  return (
    hasNameAlways(node) ||
    isVariableDeclaration(parent) ||
    isPropertyAssignment(parent) ||
    isPropertyDeclaration(parent)
  );
}

/** `as const` and `satisfies` assert nothing that the compiler does not check. */
function isCast(node: Node): boolean {
  if (isTypeAssertion(node)) return true;
  if (!isAsExpression(node)) return false;
  const { type } = node;
  return !(isTypeReferenceNode(type) && isIdentifier(type.typeName) && type.typeName.text === 'const');
}

function isUncheckedQuery(node: Node): boolean {
  return isCallExpression(node) && node.typeArguments !== undefined && QUERY.test(calleeOf(node.expression));
}

function calleeOf(callee: Expression): string {
  if (isPropertyAccessExpression(callee)) return callee.name.text;
  return isIdentifier(callee) ? callee.text : '';
}

function literalText(node: Node): string | undefined {
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return node.text;
  return isTemplateExpression(node) ? node.head.text : undefined;
}

function importedBy(node: Node): string | undefined {
  const from = specifierNode(node);
  return from && isStringLiteral(from) ? from.text : undefined;
}

function specifierNode(node: Node): Node | undefined {
  if (isImportDeclaration(node) || isExportDeclaration(node)) return node.moduleSpecifier;
  if (isImportTypeNode(node) && isLiteralTypeNode(node.argument)) return node.argument.literal;
  const isDynamic = isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword;
  return isDynamic ? node.arguments[0] : undefined;
}
