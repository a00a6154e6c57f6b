/**
 * `npm run eval:image -- MODEL LIST FOLDER`: draws a list of pictures through the embedded engine into a folder, and
 * says how long it took. `THREADS` (default 2) in the environment says with how many threads. What was drawn is scored
 * by `python -m evaluate.score`, see training/image/README.md.
 */
import { statSync } from 'node:fs'
import { drawAll } from './image/draw.ts'

function middle(values: number[]): number {
  return Math.round(values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0)
}

const [model, list, folder] = process.argv.slice(2)
if (model === undefined || list === undefined || folder === undefined) {
  console.error('npm run eval:image -- MODEL LIST FOLDER')
  process.exitCode = 1
} else {
  const drawn = await drawAll(model, list, folder, Number(process.env['THREADS'] ?? 2))
  console.log(`${drawn.length} pictures with ${Math.round(statSync(model).size / 1e6)} MB, medians:`)
  console.log(`whole: ${middle(drawn.map(({ total }) => total))} ms`)
  for (const name of new Set(drawn.flatMap(({ stages }) => Object.keys(stages))))
    console.log(`${name}: ${middle(drawn.map(({ stages }) => stages[name] ?? 0))} ms`)
}
