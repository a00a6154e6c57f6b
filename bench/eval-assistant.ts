/**
 * `npm run eval:assistant [-- --cases FILE]`: how often the built-in language model chooses the right tool and the right
 * words, asked through the real worker with the tools the product offers. Every miss is printed.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectFolder } from '../orchestrator/foundation/paths.ts'
import { startProduct } from '../orchestrator/main.ts'
import { judge, readCases } from './assistant/cases.ts'
import { askEach } from './assistant/decisions.ts'
import { printScores } from './assistant/scores.ts'
import { withDataFolder } from './support/data-folder.ts'
import { describeMachine } from './support/machine.ts'

const { values } = parseArgs({ options: { cases: { type: 'string' } } })
const file = values.cases ?? join(projectFolder, 'bench', 'assistant', 'cases.json')
const cases = readCases(readFileSync(file, 'utf8'))

console.log(describeMachine())
await withDataFolder(async (folder) => {
  const product = await startProduct({ dataFolder: folder, overrides: { port: 0, log_level: 'warn' } })
  try {
    const decisions = await askEach(product, cases)
    printScores(decisions.map((decision) => judge(decision)))
  } finally {
    await product.stop()
  }
})
