// Generates clients from the metadata of a running service, compiles them strictly, and runs them against it.
// node clients/run.mjs <base URL> <an empty folder>   prints a line for each call, then the counts.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [base, folder] = process.argv.slice(2);
const here = path => fileURLToPath(new URL(path, import.meta.url));

async function download(path, accept) {
  const answer = await fetch(base + path, { headers: { accept } });
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
  return answer.text();
}

function tool(script, ...options) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [script, ...options], { cwd: folder, encoding: 'utf8' });
  if (error ?? status !== 0) throw new Error(`${script} ${options.join(' ')}: ${error ?? status}\n${stdout}${stderr}`);
  return stdout;
}

const bin = name => here(`../node_modules/.bin/${name}`);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'openapi.json'), await download('/openapi.json', 'application/json'));
writeFileSync(join(folder, 'metadata.xml'), await download('/odata/v1/$metadata', 'application/xml'));
for (const file of ['tsconfig.json', 'openapi-client.ts', 'odata-client.ts', 'calls.ts']) {
  cpSync(here(file), join(folder, file));
}

// Generated code imports its runtime by name, so it needs the folder of the tools next to it.
symlinkSync(here('../node_modules'), join(folder, 'node_modules'), 'dir');
writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
tool(bin('openapi-typescript'), 'openapi.json', '--output', 'openapi.ts');
tool(bin('odata2ts'), '--source', 'metadata.xml', '--output', 'odata', '--mode', 'all', '--emit-mode', 'ts');

// odata2ts generates imports without file extensions, which requires CommonJS.
for (const generated of ['odata', 'built/odata']) {
  mkdirSync(join(folder, generated), { recursive: true });
  writeFileSync(join(folder, generated, 'package.json'), '{"type": "commonjs"}');
}

tool(bin('tsc'), '--strict', '--project', 'tsconfig.json');
for (const client of ['openapi-client', 'odata-client']) {
  process.stdout.write(tool(join(folder, 'built', `${client}.js`), base));
}
