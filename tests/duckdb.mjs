// Runs an SQL query with DuckDB, an independent reader of CSV and Parquet.
// node duckdb.mjs SQL   prints the rows as a JSON array of objects.
import { DuckDBInstance } from '@duckdb/node-api'

const database = await DuckDBInstance.create(':memory:')
const connection = await database.connect()
const reader = await connection.runAndReadAll(process.argv[2])
console.log(JSON.stringify(reader.getRowObjectsJson()))
