// The same request as a program: curl, Python, Node.

import { DIALECTS } from './dialects.js';

export const LANGUAGES = [['curl', 'curl'], ['python', 'Python'], ['node', 'Node']];

/** How a request is written; `key` says whether the gateway wants one. */
export function code(language, { dialect, origin, body, key }) {
  const url = origin + DIALECTS[dialect].path;
  const headers = { 'content-type': 'application/json', ...(key && { authorization: 'Bearer $CCPROXY_KEY' }) };
  return { curl, python, node }[language](url, headers, body, dialect);
}

function curl(url, headers, body) {
  const shown = Object.entries(headers).map(([name, value]) => `  -H ${value.includes('$') ? `"${name}: ${value}"` : `'${name}: ${value}'`} \\\n`).join('');
  return `curl -N ${url} \\\n${shown}  -d ${quoted(JSON.stringify(body, null, 2))}\n`;
}

/** For a shell: nothing inside is looked at. */
export const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

const ENVIRONMENT = { python: 'os.environ["CCPROXY_KEY"]', node: 'process.env.CCPROXY_KEY' };

function python(url, headers, body) {
  const keyed = 'authorization' in headers;
  return `import json, ${keyed ? 'os, ' : ''}urllib.request

body = ${pythonValue(body)}
request = urllib.request.Request(
    ${JSON.stringify(url)},
    data=json.dumps(body).encode(),
    headers={"content-type": "application/json"${keyed ? `, "authorization": "Bearer " + ${ENVIRONMENT.python}` : ''}})
with urllib.request.urlopen(request) as answer:
    for line in answer:
        print(line.decode(), end="")
`;
}

function node(url, headers, body) {
  const keyed = 'authorization' in headers;
  return `const answer = await fetch(${JSON.stringify(url)}, {
  method: 'POST',
  headers: { 'content-type': 'application/json'${keyed ? `, authorization: \`Bearer \${${ENVIRONMENT.node}}\`` : ''} },
  body: JSON.stringify(${JSON.stringify(body, null, 2).replaceAll('\n', '\n  ')}),
});
for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) process.stdout.write(piece);
`;
}

/** JSON as Python writes it. */
export function pythonValue(value, indent = '') {
  const deeper = `${indent}    `;
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Array.isArray(value)
    ? value.map((one) => deeper + pythonValue(one, deeper))
    : Object.entries(value).map(([name, one]) => `${deeper}${JSON.stringify(name)}: ${pythonValue(one, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return entries.length === 0 ? open + close : `${open}\n${entries.join(',\n')},\n${indent}${close}`;
}
