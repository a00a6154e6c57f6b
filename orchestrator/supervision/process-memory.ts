import { readFileSync } from 'node:fs'
import { freemem, totalmem } from 'node:os'

/** Memory of the machine in bytes. */
export interface SystemMemory {
  readonly totalBytes: number
  readonly availableBytes: number
}

/**
 * Reads the machine's memory. On Linux "available" counts caches that give way, which `freemem` does not.
 * Source: MemAvailable in proc(5).
 */
export function readSystemMemory(): SystemMemory {
  const available = readKibibytes('/proc/meminfo', 'MemAvailable')
  return { totalBytes: totalmem(), availableBytes: available ?? freemem() }
}

function readKibibytes(path: string, field: string): number | null {
  try {
    const match = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(path, 'utf8'))
    return match === null ? null : Number(match[1]) * 1024
  } catch {
    return null
  }
}
