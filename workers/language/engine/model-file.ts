import { open, realpath } from 'node:fs/promises'
import { sep } from 'node:path'
import { ProductError } from '../../../contracts/errors.ts'

/** The first bytes of every GGUF file. */
const magic = 'GGUF'

/**
 * Looks at a model's file before the engine does, which would abort the process over some wrong ones. The orchestrator
 * has read the whole header before; this is for whatever came between.
 *
 * @param folders where models may lie; links are followed first
 * @returns the size of the file in bytes
 * @throws ProductError `model_path_not_allowed`, `model_file_missing` or `model_file_invalid`
 */
export async function checkModelFile(path: string, folders: readonly string[]): Promise<number> {
  const real = await realpath(path).catch(() => null)
  if (real === null) throw new ProductError('model_file_missing', undefined, { details: { path } })
  const allowed = await Promise.all(folders.map((folder) => realpath(folder).catch(() => null)))
  if (!allowed.some((folder) => folder !== null && real.startsWith(folder + sep)))
    throw new ProductError('model_path_not_allowed', undefined, { details: { path } })
  const file = await open(real)
  try {
    const found = await file.stat()
    if (!found.isFile()) throw new ProductError('model_file_invalid', undefined, { details: { path } })
    const { buffer } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0)
    if (buffer.toString('latin1') !== magic)
      throw new ProductError('model_file_invalid', undefined, { details: { path } })
    return found.size
  } finally {
    await file.close()
  }
}
