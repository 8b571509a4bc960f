// Makes the Parquet files from base.csv with hyparquet-writer 0.17.0:
// npm install hyparquet-writer@0.17.0 && node make.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { parquetWriteBuffer } from 'hyparquet-writer'

const [head, ...rows] = readFileSync('base.csv', 'utf8').trim().split('\n').map(l => l.split(','))
const column = name => rows.map(r => Number(r[head.indexOf(name)]))
const write = (name, columnData, rowGroupSize) =>
  writeFileSync(name, Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize })))
write('plain.parquet', [
  { name: 'label', data: rows.map((_, i) => `row ${i}`), type: 'STRING' },
  { name: 'mu', data: column('mu'), type: 'DOUBLE' },
  { name: 'tau', data: column('tau'), type: 'DOUBLE' },
  { name: 'chain', data: column('chain'), type: 'INT32' },
  { name: 'diverging', data: column('divergent').map(v => v === 1), type: 'BOOLEAN' },
], 15)
const weight = column('weight')
write('nulls.parquet', [
  { name: 'weight', data: weight.map(BigInt), type: 'INT64' },
  { name: 'mu', data: column('mu').map((v, i) => weight[i] ? v : null), type: 'DOUBLE' },
  { name: 'tau', data: column('tau').map((v, i) => weight[i] ? v : null), type: 'DOUBLE' },
], 40)
