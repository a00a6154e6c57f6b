import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What the engine's process takes of a limit without using the memory: threads, reserved code ranges and the like.
 * Measured on Linux x64 with version 1.31 of its runtime; once an engine runs, its own figures are read instead.
 */
const engineOverhead = { data: 1_750_000_000, address: 51_000_000_000 }

/** A limit that each process has for itself. */
export interface ProcessLimit {
  readonly bytes: number
  /** In words. */
  readonly name: string
}

/**
 * How much memory an engine may hold before a limit of single processes stops it, as `ulimit` or `prlimit` set it; our
 * children have the limits that we have. Source: getrlimit(2), proc(5).
 *
 * @param enginePid the engine that runs now, or null
 * @param root the folder that stands for `/`, in tests
 * @returns null where there is no such limit
 */
export async function readEngineLimit(enginePid: number | null, root = '/'): Promise<ProcessLimit | null> {
  const limits = await readText(join(root, 'proc/self/limits'))
  const data = limitOf(limits, 'Max data size')
  const address = limitOf(limits, 'Max address space')
  if (data === null && address === null) return null
  const status = enginePid === null ? '' : await readText(join(root, 'proc', String(enginePid), 'status'))
  const overhead = overheadOf(status)
  const rooms = [
    ...(data === null ? [] : [{ bytes: data - overhead.data, name: 'a limit on the data of a process' }]),
    ...(address === null
      ? []
      : [{ bytes: address - overhead.address, name: 'a limit on the address space of a process' }]),
  ]
  const tightest = rooms.toSorted((one, other) => one.bytes - other.bytes)[0]
  return tightest === undefined ? null : { ...tightest, bytes: Math.max(0, tightest.bytes) }
}

/** @returns null for "unlimited" and where the system does not tell */
function limitOf(limits: string, name: string): number | null {
  const soft = new RegExp(`^${name}\\s+(\\d+)\\s`, 'm').exec(limits)?.[1]
  return soft === undefined ? null : Number(soft)
}

function overheadOf(status: string): typeof engineOverhead {
  const read = (field: string) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024
  const used = read('RssAnon')
  if (used === 0) return engineOverhead
  return { data: Math.max(0, read('VmData') - used), address: Math.max(0, read('VmSize') - used) }
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}
