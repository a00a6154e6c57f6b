import { statfs } from 'node:fs/promises'
import { ProductError } from '../../../contracts/errors.ts'

/** Less free space than this and no picture is begun: it could not be kept. 32 MiB. */
const neededBytes = 32 * 1024 * 1024

/** Free space on the disk of a folder, in bytes. */
export async function readFreeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** @throws ProductError `disk_full` where there is no room for a picture */
export async function requireDiskSpace(folder: string): Promise<void> {
  if ((await readFreeBytes(folder)) < neededBytes) throw new ProductError('disk_full')
}
