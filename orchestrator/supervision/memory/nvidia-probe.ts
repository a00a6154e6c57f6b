import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { DeviceReading } from './device-probe.ts'
import { cardColumns, parseNvidiaCards, parseNvidiaProcesses, processColumns } from './parse-nvidia.ts'

const execute = promisify(execFile)

/** A driver that hangs must not hold up a picture; milliseconds. */
const patienceMs = 5000

/** Looks at the cards of NVIDIA through the program that comes with their driver, found on PATH. */
export async function probeNvidia(): Promise<readonly DeviceReading[]> {
  const cards = parseNvidiaCards(await ask(`--query-gpu=${cardColumns}`))
  if (cards.length === 0) return []
  const processes = parseNvidiaProcesses(await ask(`--query-compute-apps=${processColumns}`))
  return cards.map(({ index, uuid, name, totalBytes, freeBytes }) => ({
    id: `nvidia-${index}`,
    kind: 'nvidia',
    name,
    unified: false,
    totalBytes,
    freeBytes,
    processes: processes.filter((use) => use.uuid === uuid),
    limit: null,
  }))
}

/** @returns nothing where there is no such program, or it fails */
async function ask(query: string): Promise<string> {
  const options = { timeout: patienceMs, windowsHide: true, maxBuffer: 1024 * 1024 }
  return execute('nvidia-smi', [query, '--format=csv,noheader,nounits'], options).then(
    ({ stdout }) => stdout,
    () => '',
  )
}
