/**
 * `npm run eval:image -- MODEL LIST FOLDER`: draws a list of pictures through the embedded engine into a folder, and
 * says how long it took. `THREADS` (default 2) in the environment says with how many threads. What was drawn is scored
 * by `python -m evaluate.score`, see the README.
 */
import { statSync } from 'node:fs'
import { drawAll } from './draw.ts'

const [model, list, folder] = process.argv.slice(2)
if (model === undefined || list === undefined || folder === undefined) {
  console.error('npm run eval:image -- MODEL LIST FOLDER')
  process.exitCode = 1
} else {
  const drawn = await drawAll(model, list, folder, Number(process.env['THREADS'] ?? 2))
  const names = [...new Set(drawn.flatMap(({ stages }) => Object.keys(stages)))]
  const middle = (values: number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0
  console.log(`${drawn.length} pictures, ${Math.round(statSync(model).size / 1e6)} MB`)
  console.log(`whole: ${Math.round(middle(drawn.map(({ total }) => total)))} ms (median)`)
  for (const name of names)
    console.log(`${name}: ${Math.round(middle(drawn.map(({ stages }) => stages[name] ?? 0)))} ms (median)`)
}
