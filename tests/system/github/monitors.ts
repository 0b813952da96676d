import { parse as parseYaml } from 'yaml';

/** The fields of a monitor's data, by their names in templates. */
type Data = Readonly<Record<string, unknown>>;

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field of Go's template data: `.CommonLabels.alertname` is `commonLabels.alertname` in the payload. */
function field(data: unknown, path: string): unknown {
  return path
    .split('.')
    .slice(1)
    .reduce<unknown>((value, name) => {
      if (!isData(value)) throw new Error(`${path} can't be read`);
      if (value === data) {
        const key = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
        if (!(key in value)) throw new Error(`${path} is not a field`);
        return value[key];
      }
      // `Values` is a method of labels and annotations. For a missing label, Go prints nothing.
      return name === 'Values' && !('Values' in value)
        ? Object.keys(value)
            .sort()
            .map((key) => value[key])
        : (value[name] ?? '');
    }, data);
}

function dictionary(...parts: unknown[]): Data {
  return Object.fromEntries(
    parts.flatMap((key, index): [string, unknown][] => (index % 2 === 0 ? [[String(key), parts[index + 1]]] : [])),
  );
}

const functions: Readonly<Record<string, (...given: never[]) => unknown>> = {
  printf: (format: string, ...values: unknown[]) => format.replaceAll('%s', () => String(values.shift())),
  join: (separator: string, list: readonly unknown[]) => list.join(separator),
  dict: dictionary,
  toJson: (value: unknown) => JSON.stringify(value),
  'coll.Dict': dictionary,
  'data.ToJSON': (value: unknown) => JSON.stringify(value),
};

/** Renders a Go template, with only the features that docs/alerts.md uses. */
export function goTemplate(template: string, data: Data): string {
  return template.replaceAll(/\{\{([^]*?)\}\}/g, (_, action: string) => {
    const tokens = [...action.matchAll(/"(?:[^"\\]|\\.)*"|[()|]|[^\s()|]+/g)].map(([token]) => token);
    /** One value: a string, a field, a function, or a pipeline in parentheses. */
    const operand = (): unknown => {
      const token = tokens.shift() ?? '';
      if (token === '(') {
        const value = pipeline();
        if (tokens.shift() !== ')') throw new Error(`${action} has no )`);
        return value;
      }
      if (token.startsWith('"')) return JSON.parse(token);
      if (token.startsWith('.')) return field(data, token);
      const found = functions[token];
      if (found === undefined) throw new Error(`${token} is not a function`);
      return found;
    };
    const command = (last: readonly unknown[]): unknown => {
      const first = operand();
      const rest: unknown[] = [];
      while (tokens.length > 0 && tokens[0] !== '|' && tokens[0] !== ')') rest.push(operand());
      if (typeof first !== 'function') return first;
      return (first as (...given: unknown[]) => unknown)(...rest, ...last);
    };
    const pipeline = (): unknown => {
      let value = command([]);
      while (tokens[0] === '|') {
        tokens.shift();
        value = command([value]);
      }
      return value;
    };
    return String(pipeline());
  });
}

/**
 * The body that Alertmanager 0.34 sends for `payload`: DeepCopyWithTemplate in its template/template.go. If a leaf
 * parses as YAML other than a string, that value is sent.
 */
export function alertmanagerBody(payload: unknown, data: Data): unknown {
  if (typeof payload === 'string') {
    const text = goTemplate(payload, data);
    try {
      const read: unknown = parseYaml(text);
      return typeof read === 'string' ? text : read;
    } catch {
      return text;
    }
  }
  if (Array.isArray(payload)) return payload.map((one) => alertmanagerBody(one, data));
  if (!isData(payload)) return payload;
  return Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, alertmanagerBody(value, data)]));
}
