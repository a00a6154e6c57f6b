import { execFile } from 'node:child_process'
import { totalmem } from 'node:os'
import { promisify } from 'node:util'
import type { DeviceReading } from './device-probe.ts'

const execute = promisify(execFile)
const patienceMs = 5000

/** Where nobody set another limit, Metal lets the graphics processor use about this share of the memory. */
const usualShare = 0.75

/** Looks at the graphics processor of a Mac, which shares the memory of the machine. */
export async function probeApple(platform = process.platform): Promise<readonly DeviceReading[]> {
  if (platform !== 'darwin') return []
  const [statistics, limit] = await Promise.all([
    ask('vm_stat', []),
    ask('sysctl', ['-n', 'iogpu.wired_limit_mb']),
  ])
  const reading = readApple(statistics, limit, totalmem())
  return reading === null ? [] : [reading]
}

/**
 * What the two programs of macOS say about the memory the graphics processor may use.
 *
 * @param statistics what `vm_stat` printed
 * @param limit what `sysctl -n iogpu.wired_limit_mb` printed; 0 means the usual share
 * @param totalBytes the memory of the machine
 */
export function readApple(statistics: string, limit: string, totalBytes: number): DeviceReading | null {
  const pageSize = Number(/page size of (\d+) bytes/.exec(statistics)?.[1])
  if (!Number.isInteger(pageSize)) return null
  const pages = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)\\.`, 'm').exec(statistics)?.[1] ?? 0)
  // Inactive and speculative pages give way to whoever needs memory.
  const available =
    (pages('Pages free') + pages('Pages inactive') + pages('Pages speculative') + pages('Pages purgeable')) *
    pageSize
  const set = Number(limit.trim()) * 1024 * 1024
  const usable = set > 0 ? Math.min(set, totalBytes) : Math.floor(totalBytes * usualShare)
  return {
    id: 'apple-0',
    kind: 'apple',
    name: 'Apple graphics',
    unified: true,
    totalBytes: usable,
    freeBytes: Math.min(usable, available),
    processes: [],
    limit: 'the share of the memory that macOS gives to graphics',
  }
}

async function ask(program: string, parameters: readonly string[]): Promise<string> {
  return execute(program, parameters, { timeout: patienceMs }).then(
    ({ stdout }) => stdout,
    () => '',
  )
}
