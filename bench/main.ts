/**
 * `npm run bench [-- name …]`: what the product costs, measured side by side in one run. Figures of two runs, or of two
 * machines, cannot be compared; the ratios within a run can.
 */
import { measureIdleMemory } from './idle-memory.ts'
import { measureLists } from './lists.ts'
import { measureOverhead } from './overhead.ts'
import { measurePrediction } from './prediction.ts'
import { measureStart } from './start.ts'
import { describeMachine } from './support/machine.ts'
import { printTable, type Table } from './support/table.ts'
import { measureThumbnails } from './thumbnails.ts'

const benchmarks: Readonly<Record<string, () => Promise<Table>>> = {
  overhead: measureOverhead,
  start: measureStart,
  memory: measureIdleMemory,
  prediction: measurePrediction,
  lists: measureLists,
  thumbnails: measureThumbnails,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => benchmarks[name] === undefined)
if (unknown.length > 0) {
  console.error(
    `There is no benchmark called ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}.`,
  )
  process.exitCode = 1
} else {
  console.log(describeMachine())
  for (const [name, measure] of Object.entries(benchmarks)) {
    if (wanted.length === 0 || wanted.includes(name)) printTable(name, await measure())
  }
}
