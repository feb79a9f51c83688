// Validates responses against their schemas in an OpenAPI document with ajv (JSON Schema 2020-12).
// node validate-examples.mjs <openapi.json> <answers.json>   answers: [{"name", "schema": a JSON pointer into the document, "body"}]
// Prints a line for each error, then the number of validated responses. A member that the schema does not declare is an
// error, except if the schema is x-open, and except OData annotations, whose names contain @.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const [documentPath, answersPath] = process.argv.slice(2);
const document = JSON.parse(readFileSync(documentPath, 'utf8'));

function close(schema) {
  if (Array.isArray(schema)) {
    schema.forEach(close);
  } else if (schema !== null && typeof schema === 'object') {
    if (schema.type === 'object' && schema.properties && schema.additionalProperties === undefined && !schema['x-open']) {
      schema.additionalProperties = false;
      schema.patternProperties = { '@': {} };
    }

    Object.values(schema).forEach(close);
  }
}

close(document);
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addFormat('time-local', /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$/);
ajv.addFormat('decimal', { type: 'number', validate: () => true });
const at = pointer => pointer.split('/').slice(1).reduce((part, name) => part[name.replaceAll('~1', '/').replaceAll('~0', '~')], document);
const answers = JSON.parse(readFileSync(answersPath, 'utf8'));
for (const { name, schema, body } of answers) {
  const validate = ajv.compile({ ...at(schema), components: document.components });
  if (!validate(body)) {
    for (const error of validate.errors) {
      console.log(`${name}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
    }
  }
}

console.log(`${answers.length} answers checked`);
