import { withDataFolder } from './support/data-folder.ts'
import { imageWorkerReady, startCommand } from './support/started-product.ts'
import { median, milliseconds } from './support/statistics.ts'
import type { Table } from './support/table.ts'

const repetitions = 7
const aimMs = 1000

/** From the start of the process to an answer by HTTP, and to a worker that can make pictures. */
export function measureStart(): Promise<Table> {
  return withDataFolder(async (folder) => {
    const answered: number[] = []
    const working: number[] = []
    // The first start makes the database; it is not counted.
    for (let repetition = 0; repetition <= repetitions; repetition += 1) {
      const begin = performance.now()
      const product = await startCommand(folder)
      try {
        await product.server.fetch('/api/status')
        if (repetition > 0) answered.push(performance.now() - begin)
        await imageWorkerReady(product)
        if (repetition > 0) working.push(performance.now() - begin)
      } finally {
        await product.stop()
      }
    }
    return {
      about: `the command "start" on a data folder in use, ${repetitions} times`,
      columns: ['fastest', 'median', 'slowest'],
      rows: [
        ['until HTTP answers', ...spread(answered)],
        ['until the image worker is ready', ...spread(working)],
      ],
      conclusions: [`ready after ${milliseconds(median(answered))} (aim: at most ${milliseconds(aimMs)})`],
    }
  })
}

function spread(values: readonly number[]): string[] {
  return [Math.min(...values), median(values), Math.max(...values)].map(milliseconds)
}
