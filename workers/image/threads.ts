import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** More threads than this gain nothing and wait for each other. */
const mostThreads = 32

/**
 * How many threads the engine computes with.
 *
 * Its threads wait for each other by spinning, so one core that is taken by anything else slows down all: measured on two
 * busy cores, two threads were ten times slower than one. Hence one core is left to the rest of the machine.
 *
 * @param configured what a person set; 0 takes all cores this process may use but one
 */
export function chooseThreads(configured: number): number {
  if (configured > 0) return configured
  const cores = countCores(readCpuInfo()) ?? availableParallelism()
  return Math.max(1, Math.min(cores, availableParallelism(), mostThreads) - 1)
}

/**
 * Counts the cores in the text of `/proc/cpuinfo`. Two threads of one core share its arithmetic, and an engine that
 * waits for the slower one loses by the second.
 *
 * @returns null where the text does not name cores
 */
export function countCores(cpuInfo: string): number | null {
  const cores = cpuInfo.split(/\n\s*\n/).flatMap((entry) => {
    const socket = /^physical id\s*: (\d+)$/m.exec(entry)?.[1]
    const core = /^core id\s*: (\d+)$/m.exec(entry)?.[1]
    return socket === undefined || core === undefined ? [] : [`${socket}/${core}`]
  })
  return cores.length === 0 ? null : new Set(cores).size
}

function readCpuInfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8')
  } catch {
    return ''
  }
}
