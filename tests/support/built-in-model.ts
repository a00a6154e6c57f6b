import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdDecompress } from 'node:zlib'

const project = join(import.meta.dirname, '../..')
const packed = join(project, 'models/mysticanvas-sketch/model.safetensors.zst')
const cache = join(project, 'node_modules/.cache/mysticanvas-tests')

/**
 * The built-in model as a file an engine can load, unpacked at the first call and kept beside the packages.
 *
 * @returns its absolute path
 */
export async function builtInModelPath(): Promise<string> {
  const { size, mtimeMs } = await stat(packed)
  const unpacked = join(cache, `sketch-${size}-${Math.trunc(mtimeMs)}.safetensors`)
  if (existsSync(unpacked)) return unpacked
  await mkdir(cache, { recursive: true })
  // Test files run at the same time: each unpacks for itself, and whoever is last replaces equal by equal.
  const partial = `${unpacked}.${process.pid}.partial`
  const unpack = createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 27 } })
  await pipeline(createReadStream(packed), unpack, createWriteStream(partial))
  await rename(partial, unpacked)
  return unpacked
}
