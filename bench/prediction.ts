import Sqlite from 'better-sqlite3'
import { connect } from '../orchestrator/commands/running-server.ts'
import { dataPaths } from '../orchestrator/foundation/paths.ts'
import { startProduct } from '../orchestrator/main.ts'
import { withDataFolder } from './support/data-folder.ts'
import { quantile } from './support/statistics.ts'
import type { Table } from './support/table.ts'

/** Kinds of runs, by their sides in pixels; one thread and few steps, since neither decides about memory. */
const sizes = [
  [64, 64],
  [128, 128],
  [192, 128],
] as const
const learning = 5
const measured = 5
const aim = 0.1

interface Run {
  readonly width: number
  readonly height: number
  readonly raw_bytes: number
  readonly predicted_bytes: number
  readonly actual_bytes: number
}

/** How far the expected memory of pictures is off: by the model's headers alone, and after five runs of each kind. */
export function measurePrediction(): Promise<Table> {
  return withDataFolder(async (folder) => {
    const product = await startProduct({ dataFolder: folder, overrides: { port: 0, log_level: 'warn' } })
    const { invoke } = connect(product.url, product.token)
    try {
      // The kinds take turns, so that whatever drifts meets all of them alike.
      for (let round = 0; round < learning + measured; round += 1) {
        for (const [width, height] of sizes) {
          const input = { prompt: 'a red boat', width, height, steps: 1, seed: round, wait_seconds: 55 }
          await invoke('generate', input)
        }
      }
    } finally {
      await product.stop()
    }
    return toTable(readRuns(dataPaths(folder).database))
  })
}

/** What the product itself kept of its runs, oldest first. */
function readRuns(path: string): Run[] {
  const database = new Sqlite(path, { readonly: true })
  try {
    return database.prepare('SELECT * FROM memory_observations ORDER BY id').all() as Run[]
  } finally {
    database.close()
  }
}

function toTable(runs: readonly Run[]): Table {
  const kinds = sizes.map(([width, height]) =>
    runs.filter((run) => run.width === width && run.height === height),
  )
  const before = runs.map((run) => errorOf(run.raw_bytes, run))
  const after = kinds.flatMap((kind) => kind.slice(learning).map((run) => errorOf(run.predicted_bytes, run)))
  const row = (name: string, raw: readonly number[], learnt: readonly number[]) =>
    [
      name,
      percent(quantile(raw, 0.5)),
      percent(quantile(raw, 0.9)),
      percent(quantile(learnt, 0.5)),
      percent(quantile(learnt, 0.9)),
    ] as const
  const worst = quantile(after, 0.9)
  return {
    about: `how far the expected highest use of the engine is off, ${runs.length} pictures of the built-in model`,
    columns: ['headers: median', '90%', `after ${learning} runs: median`, '90%'],
    rows: [
      ...kinds.map((kind, index) =>
        row(
          `${sizes[index]?.join(' x ')}`,
          kind.map((run) => errorOf(run.raw_bytes, run)),
          kind.slice(learning).map((run) => errorOf(run.predicted_bytes, run)),
        ),
      ),
      row('all', before, after),
    ],
    conclusions: [
      `aim: within ${percent(aim)} after ${learning} runs of a kind (90th percentile), here ${percent(worst)}: ${worst <= aim ? 'met' : 'missed'}`,
    ],
  }
}

function errorOf(expected: number, { actual_bytes: actual }: Run): number {
  return Math.abs(expected - actual) / actual
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}
