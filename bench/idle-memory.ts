import { setTimeout as wait } from 'node:timers/promises'
import { readProcessMemory } from '../workers/runtime/process-memory.ts'
import { withDataFolder } from './support/data-folder.ts'
import { imageWorkerReady, startCommand } from './support/started-product.ts'
import { mebibytes } from './support/statistics.ts'
import type { Table } from './support/table.ts'

const settleMs = 10_000
const aimBytes = 120 * 2 ** 20

/** Resident memory of the orchestrator's process while nothing is asked of it. */
export function measureIdleMemory(): Promise<Table> {
  return withDataFolder(async (folder) => {
    const product = await startCommand(folder)
    try {
      await imageWorkerReady(product)
      await wait(settleMs)
      const { resident, peak } = await readProcessMemory(product.pid)
      const worker = (await product.server.invoke('get_system_status', {})).workers[0]?.memory_bytes ?? 0
      return {
        about: `resident memory ${settleMs / 1000} s after the start, before the first picture`,
        columns: ['now', 'most so far'],
        rows: [
          ['orchestrator', mebibytes(resident), mebibytes(peak)],
          ['image worker, no model loaded', mebibytes(worker), ''],
        ],
        conclusions: [`orchestrator idle: ${mebibytes(resident)} (aim: at most ${mebibytes(aimBytes)})`],
      }
    } finally {
      await product.stop()
    }
  })
}
