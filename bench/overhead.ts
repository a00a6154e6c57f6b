import { availableParallelism } from 'node:os'
import { chooseThreads } from '../workers/image/threads.ts'
import { withDataFolder } from './support/data-folder.ts'
import { openRawEngine } from './support/raw-engine.ts'
import { median, milliseconds } from './support/statistics.ts'
import type { Table } from './support/table.ts'
import { stageNames, type Durations } from './support/stages.ts'
import { openWholeProduct } from './support/whole-product.ts'

const pictures = 10
const aimShare = 0.02
const aimMs = 50

/** The same pictures by the engine alone and by the whole product, from the request to the stored file. */
export function measureOverhead(): Promise<Table> {
  return withDataFolder(async (folder, model) => {
    const raw = await openRawEngine(model)
    const product = await openWholeProduct(folder)
    try {
      const alone: Durations[] = []
      const whole: Durations[] = []
      for (let seed = 0; seed <= pictures; seed += 1) {
        // Who goes first changes, so that whatever drifts meets both alike.
        const ways = [
          async () => alone.push(await raw.generate(seed)),
          async () => whole.push(await product.generate(seed)),
        ]
        for (const way of seed % 2 === 0 ? ways : ways.toReversed()) await way()
      }
      // The first picture loads and warms.
      return toTable(alone.slice(1), whole.slice(1))
    } finally {
      await product.close()
      await raw.close()
    }
  })
}

function fastest(runs: readonly Durations[]): string {
  return milliseconds(Math.min(...runs.map(({ total }) => total)))
}

function middle(runs: readonly Durations[], stage: keyof Durations): number {
  return median(runs.map((run) => run[stage]))
}

function toTable(alone: readonly Durations[], whole: readonly Durations[]): Table {
  const rows = stageNames.map(([stage, name]): [string, ...string[]] => {
    const [one, other] = [middle(alone, stage), middle(whole, stage)]
    return [name, milliseconds(one), milliseconds(other), milliseconds(other - one)]
  })
  const engine = middle(alone, 'total')
  const added = median(whole.map(({ total }, index) => total - (alone[index]?.total ?? 0)))
  const allowed = engine * aimShare + aimMs
  return {
    about: `${pictures} pictures of 128 x 128, 20 steps, warm, same seeds, alternating; medians`,
    columns: ['engine alone', 'whole product', 'difference'],
    rows,
    conclusions: [
      `the fastest picture of each, which other work on the machine disturbs least: ${fastest(alone)} and ${fastest(whole)}`,
      `added to a picture (median of the pairs): ${milliseconds(added)}, ${((added / engine) * 100).toFixed(1)}% of the engine's time`,
      `aim: at most 2% + ${aimMs} ms, here ${milliseconds(allowed)}: ${added <= allowed ? 'met' : 'missed'}`,
      `threads of the engine: ${chooseThreads(0)}, on ${availableParallelism()} cores`,
    ],
  }
}
