import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ModelFamily } from '../../../contracts/entities/preset.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { readGgufHeader } from './gguf-header.ts'
import { readSafetensorsHeader } from './safetensors-header.ts'
import type { Tensor } from './tensor.ts'

/** What the header of a model file tells. */
export interface ModelFile {
  readonly path: string
  readonly bytes: number
  readonly format: 'safetensors' | 'gguf'
  readonly family: ModelFamily
  readonly tensorCount: number
  readonly tensors: ReadonlyMap<string, Tensor>
}

/**
 * Looks into a model file without loading it. Only formats that cannot carry code are accepted, by content, not by name.
 *
 * @throws ProductError `model_file_missing`, `model_file_truncated` or `model_file_invalid`, naming the file
 */
export async function inspectModelFile(path: string): Promise<ModelFile> {
  await requireFile(path)
  const file = await open(path).catch((cause: unknown) => {
    throw new ProductError('model_file_missing', `The model file ${path} is not there.`, {
      details: { path },
      cause,
    })
  })
  try {
    const { size } = await file.stat()
    const { buffer } = await file.read(Buffer.alloc(16), 0, 16, 0)
    const format = buffer.toString('latin1', 0, 4) === 'GGUF' ? 'gguf' : 'safetensors'
    if (format === 'safetensors' && buffer[8] !== 0x7b) throw new ProductError('model_file_invalid')
    const tensors = await (format === 'gguf' ? readGgufHeader(file, size) : readSafetensorsHeader(file, size))
    if (tensors.size === 0) throw new ProductError('model_file_invalid')
    return { path, bytes: size, format, family: detectFamily(tensors), tensorCount: tensors.size, tensors }
  } catch (cause) {
    throw named(cause, path)
  } finally {
    await file.close()
  }
}

/** A folder cannot be read, and a pipe would be waited for without end. */
async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (found !== null && !found.isFile()) throw named(new ProductError('model_file_invalid'), path)
}

/**
 * Tells the family from tensors that only it has.
 * Source: the checks in `model.cpp` of stable-diffusion.cpp, which decide by the same names.
 */
export function detectFamily(tensors: ReadonlyMap<string, Tensor>): ModelFamily {
  const names = [...tensors.keys()]
  const has = (part: string) => names.some((name) => name.includes(part))
  if (has('double_blocks.0.')) return 'flux'
  if (has('joint_blocks.0.')) return 'sd3'
  const attention = [...tensors].find(([name]) => name.endsWith('attn2.to_k.weight'))?.[1].shape
  if (attention === undefined) return 'unknown'
  // The width of the text the attention reads: 768 is CLIP-L, 1024 OpenCLIP-H, 2048 both of SDXL's encoders.
  if (attention.includes(2048)) return 'sdxl'
  return attention.includes(1024) ? 'sd2' : 'sd1'
}

function named(cause: unknown, path: string): unknown {
  if (!(cause instanceof ProductError)) return cause
  const what = cause.code === 'model_file_truncated' ? 'is incomplete' : 'is not a model that can be used'
  return new ProductError(cause.code, `The model file ${basename(path)} ${what}.`, {
    details: { path },
    cause,
  })
}
