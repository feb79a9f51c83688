// Reads RDF documents with independent parsers, and checks them against SHACL shapes.
// node rdf.mjs SHAPES.ttl DOCUMENT...   prints [{"quads": [...], "findings": [...]}, …], one for each document (.rdf,
// .ttl or .jsonld): its sorted N-Quads, and the findings of the shapes of any severity.
import { createReadStream } from 'node:fs'
import { Store, StreamParser as TurtleParser, Writer } from 'n3'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { JsonLdParser } from 'jsonld-streaming-parser'
import Validator from 'rdf-validate-shacl'

const load = (url) => { throw new Error(`A document must need no other; it asks for ${url}`) }
const parsers = {
  ttl: () => new TurtleParser({ format: 'text/turtle' }),
  rdf: () => new RdfXmlParser({ validateUri: true }),
  jsonld: () => new JsonLdParser({ documentLoader: { load } }),
}

async function read(path) {
  const store = new Store()
  const parser = parsers[path.split('.').pop()]()
  createReadStream(path).on('error', (error) => parser.destroy(error)).pipe(parser)
  for await (const quad of parser) {
    store.add(quad)
  }
  return store
}

const local = (term) => term?.value?.split(/[#/]/).pop()
const [shapes, ...documents] = process.argv.slice(2)
const validator = new Validator(await read(shapes))
const answers = []
for (const document of documents) {
  const store = await read(document)
  const writer = new Writer({ format: 'N-Quads' })
  const report = await validator.validate(store)
  answers.push({
    quads: [...store].map((quad) => writer.quadsToString([quad]).trim()).sort(),
    findings: report.results.map((result) =>
      `${local(result.severity)} ${result.focusNode?.value} ${local(result.path) ?? ''} ${local(result.sourceConstraintComponent)}`),
  })
}
console.log(JSON.stringify(answers))
