import ts from 'typescript';

/** The facts about a file that the rules need. */
export type SourceFacts = {
  /** As written: static and dynamic imports, of values and of types. */
  readonly imports: readonly string[];
  /** The names that it declares and exports. */
  readonly exports: ReadonlySet<string>;
  readonly readsClock: boolean;
  readonly readsEnvironment: boolean;
  readonly exportsDefault: boolean;
};

const scripts = /<script[^>]*>([\s\S]*?)<\/script>/g;

/** The TypeScript that runs at build time, and the TypeScript that runs in the reader's browser. */
function partsOf(path: string, text: string): { readonly build: string; readonly browser: string } {
  if (!path.endsWith('.astro')) return { build: text, browser: '' };
  const [, frontMatter = '', template = text] = /^---\n([\s\S]*?)\n---([\s\S]*)$/.exec(text) ?? [];
  const expressions = [...template.replaceAll(scripts, '').matchAll(/\{([^{}]*)\}/g)].map(
    ([, expression]) => `(${expression});`,
  );
  return {
    build: [frontMatter, ...expressions].join('\n;\n'),
    browser: [...template.matchAll(scripts)].map(([, script]) => script).join('\n;\n'),
  };
}

function importOf(node: ts.Node): string | null {
  const named =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
        ? node.argument.literal
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined;
  return named !== undefined && ts.isStringLiteralLike(named) ? named.text : null;
}

/** `Date.now`, `process.env` and the like. */
function isMember(node: ts.Node, object: string, member: string): boolean {
  return ts.isPropertyAccessExpression(node) && node.expression.getText().endsWith(object) && node.name.text === member;
}

/** Whether this is a build or `dev` isn't part of the environment: the command determines it. */
function isEnvironment(node: ts.Node): boolean {
  if (isMember(node, 'process', 'env')) return true;
  const asked = ts.isPropertyAccessExpression(node.parent ?? node)
    ? (node.parent as ts.PropertyAccessExpression).name.text
    : null;
  return isMember(node, 'import.meta', 'env') && asked !== 'PROD';
}

function isClock(node: ts.Node): boolean {
  const isDate = ts.isNewExpression(node) || ts.isCallExpression(node) ? node.expression.getText() === 'Date' : false;
  const noArguments = ts.isCallExpression(node) || (ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0);
  return (isDate && noArguments) || isMember(node, 'Date', 'now');
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  );
}

/** Without any of these words, only imports can break a rule, and finding those takes no parser. */
const telling = /\bDate\b|\benv\b|\bdefault\b/;

function factsOf(path: string, script: string): Omit<SourceFacts, 'exports'> {
  if (!telling.test(script)) {
    const imports = ts.preProcessFile(script).importedFiles.map(({ fileName }) => fileName);
    return { imports, readsClock: false, readsEnvironment: false, exportsDefault: false };
  }
  const source = ts.createSourceFile(
    path,
    script,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('.astro') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const imports: string[] = [];
  const facts = { readsClock: false, readsEnvironment: false, exportsDefault: false };
  const visit = (node: ts.Node): void => {
    const imported = importOf(node);
    if (imported !== null) imports.push(imported);
    facts.readsClock ||= isClock(node);
    facts.readsEnvironment ||= isEnvironment(node);
    facts.exportsDefault ||= isDefaultExport(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { imports, ...facts };
}

const exported = /^export (?:async )?(?:type|interface|function\*?|const|let|class) (\w+)/gm;

/** Reads a source file's imports and exports, and its use of features that only some places may use. */
export function sourceFacts(path: string, text: string): SourceFacts {
  const { build, browser } = partsOf(path, text);
  // Browser code may read the clock.
  const { imports } = factsOf(path, browser);
  const facts = factsOf(path, build);
  const exports = new Set([...build.matchAll(exported)].map(([, name = '']) => name));
  return { ...facts, imports: [...facts.imports, ...imports], exports };
}
