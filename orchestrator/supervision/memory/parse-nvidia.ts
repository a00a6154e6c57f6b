import { parse } from 'csv-parse/sync'

const mebibyte = 1024 * 1024

/** A card as `nvidia-smi` lists it. */
export interface NvidiaCard {
  readonly index: number
  readonly uuid: string
  readonly name: string
  readonly totalBytes: number
  readonly freeBytes: number
}

/** The columns asked for, in their order. Source: `nvidia-smi --help-query-gpu`. */
export const cardColumns = 'index,uuid,name,memory.total,memory.used,memory.free'

/** Source: `nvidia-smi --help-query-compute-apps`. */
export const processColumns = 'gpu_uuid,pid,used_gpu_memory'

/**
 * Reads the cards from `nvidia-smi --query-gpu=<cardColumns> --format=csv,noheader,nounits`; memory comes in MiB.
 * A card that does not tell its memory ("[N/A]", as a card split by MIG does) is left out, since nothing can be planned on
 * it; words such as "No devices were found" are no cards.
 */
export function parseNvidiaCards(output: string): NvidiaCard[] {
  return rowsOf(output).flatMap(([index, uuid, name, total, used, free]) => {
    const totalMebibytes = figure(total)
    const freeMebibytes = figure(free) ?? difference(totalMebibytes, figure(used))
    if (figure(index) === null || totalMebibytes === null || freeMebibytes === null) return []
    return [
      {
        index: Number(index),
        uuid: uuid ?? '',
        name: name ?? '',
        totalBytes: totalMebibytes * mebibyte,
        freeBytes: Math.max(0, freeMebibytes) * mebibyte,
      },
    ]
  })
}

/**
 * Reads what processes hold from `nvidia-smi --query-compute-apps=<processColumns> --format=csv,noheader,nounits`.
 * Under some drivers the memory of a process is "[N/A]"; such a process is left out.
 */
export function parseNvidiaProcesses(output: string): { uuid: string; pid: number; bytes: number }[] {
  return rowsOf(output).flatMap(([uuid, pid, used]) => {
    const number = figure(pid)
    const mebibytes = figure(used)
    return uuid === undefined || number === null || mebibytes === null
      ? []
      : [{ uuid, pid: number, bytes: mebibytes * mebibyte }]
  })
}

function rowsOf(output: string): string[][] {
  return parse(output, { trim: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true })
}

/** @returns null for anything but a plain number */
function figure(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null
}

function difference(total: number | null, used: number | null): number | null {
  return total === null || used === null ? null : total - used
}
