import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdDecompress } from 'node:zlib'

const project = join(import.meta.dirname, '../..')
const cache = join(project, 'node_modules/.cache/mysticanvas-tests')

/**
 * The built-in model as a file an engine can load, unpacked at the first call and kept beside the packages.
 *
 * @returns its absolute path
 */
export function builtInModelPath(): Promise<string> {
  return unpacked('models/mysticanvas-sketch/model.safetensors.zst', 'sketch', 'safetensors')
}

/**
 * A model that draws nothing to look at, and that in a moment: for tests to which any picture is right. It is made by
 * `python -m export.minimal_model` in training/image.
 *
 * @returns its absolute path
 */
export function minimalModelPath(): Promise<string> {
  return unpacked('tests/fixtures/models/minimal.gguf.zst', 'minimal', 'gguf')
}

async function unpacked(packed: string, name: string, extension: string): Promise<string> {
  const source = join(project, packed)
  const { size, mtimeMs } = await stat(source)
  const target = join(cache, `${name}-${size}-${Math.trunc(mtimeMs)}.${extension}`)
  if (existsSync(target)) return target
  await mkdir(cache, { recursive: true })
  // Test files run at the same time: each unpacks for itself, and whoever is last replaces equal by equal.
  const partial = `${target}.${process.pid}.partial`
  const unpack = createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 27 } })
  await pipeline(createReadStream(source), unpack, createWriteStream(partial))
  await rename(partial, target)
  return target
}
