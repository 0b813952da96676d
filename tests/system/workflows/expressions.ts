import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** What expressions can see: each context as plain data. */
export type Contexts = Readonly<Record<string, unknown>>;

/** The state so far, for `success()` and `failure()`. */
export type Status = { readonly failed: boolean };

const statusFunction = /\b(?:success|failure|always|cancelled)\s*\(/;

/** GitHub's own evaluator, with plain data. Throws if GitHub would also refuse the expression. */
function evaluate(expression: string, contexts: Contexts, { failed }: Status, hashFiles: string): data.ExpressionData {
  const { tokens } = new Lexer(expression).lex();
  const known = { success: !failed, failure: failed, always: true, cancelled: false };
  const functions = new Map(
    [
      ...Object.entries(known).map(([name, value]) => ({
        name,
        minArgs: 0,
        maxArgs: 0,
        call: () => new data.BooleanData(value),
      })),
      { name: 'hashFiles', minArgs: 1, maxArgs: 9, call: () => new data.StringData(hashFiles) },
    ].map((definition) => [definition.name.toLowerCase(), definition]),
  );
  const parsed = new Parser(tokens, Object.keys(contexts), [...functions.values()]).parse();
  const dictionary = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(parsed, dictionary, functions).evaluate();
}

/** Text with each `${{ … }}` replaced by its value. */
export function interpolate(text: string, contexts: Contexts, status: Status): string {
  return text.replaceAll(/\$\{\{([\s\S]*?)\}\}/g, (_, expression: string) =>
    evaluate(expression.trim(), contexts, status, 'hash').coerceString(),
  );
}

/** Whether an `if:` is true. Without one of the status functions, it's only true if nothing has failed. */
export function holds(condition: string | undefined, contexts: Contexts, status: Status): boolean {
  const plain = (condition ?? 'success()').replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1').trim();
  const whole = statusFunction.test(plain) ? plain : `success() && (${plain})`;
  const value = evaluate(whole, contexts, status, 'hash');
  return value.kind === data.Kind.Boolean ? value.value : !['', '0'].includes(value.coerceString());
}
