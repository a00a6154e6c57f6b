import { readFile } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import { join } from 'node:path'
import { readControlGroup } from './control-group.ts'
import type { DeviceReading } from './device-probe.ts'

/** The id of the machine's own memory among the devices. */
export const systemMemoryId = 'ram'

/**
 * Looks at the memory of the machine, as far as this process may use it: a container's limit counts like the size of the
 * memory. On Linux "available" counts caches that give way, which `freemem` does not. Source: MemAvailable in proc(5).
 *
 * @param root the folder that stands for `/`, in tests
 */
export async function probeSystem(root = '/'): Promise<readonly [DeviceReading]> {
  const text = await readFile(join(root, 'proc/meminfo'), 'utf8').catch(() => '')
  const total = readKibibytes(text, 'MemTotal') ?? totalmem()
  const available = readKibibytes(text, 'MemAvailable') ?? freemem()
  const group = await readControlGroup(root)
  const limited = group !== null && group.limitBytes < total
  return [
    {
      id: systemMemoryId,
      kind: 'ram',
      name: 'Memory of this machine',
      unified: false,
      totalBytes: limited ? group.limitBytes : total,
      freeBytes: Math.max(0, group === null ? available : Math.min(available, group.leftBytes)),
      processes: [],
      limit: limited ? 'a limit of the container or service' : null,
    },
  ]
}

function readKibibytes(text: string, field: string): number | null {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)
  return match === null ? null : Number(match[1]) * 1024
}
