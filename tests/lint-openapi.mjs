// Lints an OpenAPI document with spectral and redocly: prints one line per finding, then the counts.
// node lint-openapi.mjs <file>
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [file] = process.argv.slice(2);
const here = path => fileURLToPath(new URL(path, import.meta.url));

function run(tool, ...options) {
  const { stdout, stderr, error } = spawnSync(process.execPath, [here(`node_modules/.bin/${tool}`), 'lint', file, ...options],
    { encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } });
  try {
    if (error) throw error;
    return JSON.parse(stdout.slice(stdout.search(/[[{]/)));
  } catch (e) {
    throw new Error(`${tool} gave no findings to read: ${e.message}\n${stdout}\n${stderr}`);
  }
}

const spectral = run('spectral', '--ruleset', here('../openapi/spectral.yaml'), '--format', 'json', '--quiet');
for (const each of spectral) {
  console.log(`spectral ${each.code} ${each.path.join('.')}: ${each.message}`);
}

const redocly = run('redocly', '--config', here('../openapi/redocly.yaml'), '--format', 'json');
for (const each of redocly.problems) {
  console.log(`redocly ${each.ruleId} ${each.location[0]?.pointer}: ${each.message}`);
}

console.log(`spectral: ${spectral.length} findings, redocly: ${redocly.problems.length} findings`);
