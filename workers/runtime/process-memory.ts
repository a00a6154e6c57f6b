import { readFile, writeFile } from 'node:fs/promises'

/** Memory of one process in bytes; zeros where the system does not tell. */
export interface ProcessMemory {
  readonly resident: number
  /** The most it had since its start, or since `resetPeak`. */
  readonly peak: number
}

/** Reads what a process holds in memory. Other systems than Linux tell only about this process, and no peak. */
export async function readProcessMemory(pid: number): Promise<ProcessMemory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined)
  if (status !== undefined) return parseStatus(status)
  const resident = pid === process.pid ? process.memoryUsage.rss() : 0
  return { resident, peak: resident }
}

/** Takes the two figures out of the text of `/proc/<pid>/status`. */
export function parseStatus(status: string): ProcessMemory {
  return { resident: kilobytes(status, 'VmRSS') * 1024, peak: kilobytes(status, 'VmHWM') * 1024 }
}

/** Lets the peak of a process start anew from what it holds now. Without effect where the system cannot. */
export async function resetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => undefined)
}

function kilobytes(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0)
}
