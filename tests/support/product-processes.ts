import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** A process as `/proc` shows it. */
export interface ListedProcess {
  readonly pid: number
  readonly command: string
  /** Tells it from a later process that got the same number. */
  readonly startedAt: string
}

interface Entry extends ListedProcess {
  readonly parent: number
}

/** The processes a process has started, and those that these have started. */
export function descendantsOf(pid: number): ListedProcess[] {
  const entries = listProcesses()
  const below = (parent: number): Entry[] =>
    entries.filter((entry) => entry.parent === parent).flatMap((entry) => [entry, ...below(entry.pid)])
  return below(pid)
}

/** True while there is this very process; a dead one that nobody has waited for does not count. */
export function isAlive(listed: ListedProcess): boolean {
  const entry = readEntry(listed.pid)
  return entry !== null && entry.startedAt === listed.startedAt
}

/** The ones that are still there after a while; returns early once none is. */
export async function leftAfter(
  processes: readonly ListedProcess[],
  milliseconds: number,
): Promise<ListedProcess[]> {
  const end = performance.now() + milliseconds
  while (processes.some(isAlive) && performance.now() < end) await wait(20)
  return processes.filter(isAlive)
}

function listProcesses(): Entry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readEntry(Number(name)))
    .filter((entry) => entry !== null)
}

/** @returns null for one that is gone, dead or dying */
function readEntry(pid: number): Entry | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold anything; the fields after it are state, parent, and as the 20th the start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    if (fields[0] === 'Z' || fields[0] === 'X') return null
    return { pid, command, startedAt: fields[19] ?? '', parent: Number(fields[1]) }
  } catch {
    return null
  }
}
