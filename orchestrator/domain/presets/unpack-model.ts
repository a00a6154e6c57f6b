import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { constants, createZstdDecompress } from 'node:zlib'
import { ProductError } from '../../../contracts/errors.ts'
import type { BuiltInModel } from './manifest.ts'

/** Room that must stay free on the disk after unpacking; 64 MiB. */
const reserveBytes = 64 * 1024 * 1024

/** The shipped file was compressed with a window of 2^27 bytes, more than the decoder takes unasked. */
const decoderOptions = { params: { [constants.ZSTD_d_windowLogMax]: 27 } }

/**
 * Unpacks a built-in model into a folder, once. What an interrupted run has written is kept and continued.
 * The file appears under its name only when it is complete and its checksum is right.
 *
 * @param onProgress gets the share that is done, 0 to 1
 * @returns the path of the unpacked file
 * @throws ProductError `disk_full` before anything is written, `model_unpack_failed` where the result is wrong
 */
export async function unpackModel(
  model: BuiltInModel,
  folder: string,
  onProgress: (share: number) => void,
): Promise<string> {
  const target = join(folder, model.unpacked.file)
  if (await hasSize(target, model.unpacked.bytes)) return target
  const partial = `${target}.partial`
  await requireSpace(folder, model.unpacked.bytes - (await sizeOf(partial)))
  if (
    !(await writeUnpacked(model, partial, onProgress)) &&
    !(await retryFromStart(model, partial, onProgress))
  ) {
    await rm(partial, { force: true })
    throw new ProductError('model_unpack_failed', `The shipped file of ${model.name} is damaged.`)
  }
  await rename(partial, target)
  return target
}

/** What was written before may itself be damaged, by a full disk for instance: then the second try starts over. */
async function retryFromStart(
  model: BuiltInModel,
  partial: string,
  onProgress: (share: number) => void,
): Promise<boolean> {
  await rm(partial, { force: true })
  return writeUnpacked(model, partial, onProgress)
}

/** Writes what is missing of the partial file; true where the whole has the right checksum. */
async function writeUnpacked(
  model: BuiltInModel,
  partial: string,
  onProgress: (share: number) => void,
): Promise<boolean> {
  const file = await open(partial, 'a+')
  try {
    const already = (await file.stat()).size
    const hash = createHash('sha256')
    let position = 0
    for await (const chunk of decompress(model)) {
      const fresh = chunk.subarray(Math.max(0, Math.min(chunk.length, already - position)))
      if (fresh.length < chunk.length) {
        hash.update(await readBack(file, position, chunk.length - fresh.length))
      }
      hash.update(fresh)
      if (fresh.length > 0) await file.appendFile(fresh)
      position += chunk.length
      onProgress(Math.min(1, position / model.unpacked.bytes))
    }
    await file.sync()
    return (await file.stat()).size === model.unpacked.bytes && hash.digest('hex') === model.unpacked.sha256
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new ProductError('disk_full', undefined, { cause })
    if (isDecoderError(cause)) return false
    throw cause
  } finally {
    await file.close()
  }
}

async function* decompress(model: BuiltInModel): AsyncGenerator<Buffer> {
  const packed = createReadStream(join(model.folder, model.packed.file), { highWaterMark: 1024 * 1024 })
  const decoder = createZstdDecompress({ ...decoderOptions, chunkSize: 1024 * 1024 })
  packed.on('error', (error) => decoder.destroy(error))
  for await (const chunk of packed.pipe(decoder)) yield chunk as Buffer
}

async function readBack(
  file: Awaited<ReturnType<typeof open>>,
  position: number,
  length: number,
): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize >= bytes + reserveBytes) return
  throw new ProductError(
    'disk_full',
    `Unpacking the built-in model needs ${Math.ceil(bytes / 1e6)} MB in ${folder}.`,
  )
}

async function hasSize(path: string, bytes: number): Promise<boolean> {
  return (await sizeOf(path)) === bytes
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  )
}

function isDecoderError(error: unknown): boolean {
  // An archive that is cut off gives `Z_BUF_ERROR`.
  return /^(ZSTD|Z)_/.test(String((error as NodeJS.ErrnoException).code))
}
