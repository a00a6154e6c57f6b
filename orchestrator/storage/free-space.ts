import { statfsSync } from 'node:fs'
import { ProductError } from '../../contracts/errors.ts'

/**
 * Refuses work that the disk has no room for before it is begun.
 *
 * @param work what needs the space, as the beginning of a sentence
 * @param freeBytes tells the free space of a folder's disk, where it is not the disk itself that is asked
 * @throws ProductError `disk_full` with both numbers
 */
export function requireFreeBytes(
  folder: string,
  needed: number,
  work: string,
  freeBytes: (folder: string) => number = freeBytesOfDisk,
): void {
  const free = freeBytes(folder)
  if (free >= needed) return
  throw new ProductError('disk_full', `${work} needs ${needed} bytes of free space, and there are ${free}.`, {
    details: { needed_bytes: needed, free_bytes: free },
  })
}

function freeBytesOfDisk(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
