import { readFile } from 'node:fs/promises'

/** The resident memory of a process in bytes; null where the system does not tell, as for one that is gone. Source: proc(5). */
export async function readResidentBytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
  return kibibytes === undefined ? null : Number(kibibytes) * 1024
}
