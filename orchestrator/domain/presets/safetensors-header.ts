import type { FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import { ProductError } from '../../../contracts/errors.ts'
import type { Tensor } from './tensor.ts'

/** The largest header that is read; real ones stay far below. The format's own limit is 100 MB. */
const headerLimit = 64 * 1024 * 1024

const tensorSchema = z.object({
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
})

/**
 * Reads the names, shapes and sizes of the tensors of a safetensors file: eight bytes of length (little-endian), a JSON header
 * of that length, then the data. Source: the format's description in the safetensors repository of Hugging Face.
 *
 * @param bytes the size of the file
 * @throws ProductError `model_file_invalid` or `model_file_truncated`
 */
export async function readSafetensorsHeader(file: FileHandle, bytes: number): Promise<Map<string, Tensor>> {
  const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0)
  const length = Number(buffer.readBigUInt64LE())
  if (length < 2 || length > headerLimit) throw new ProductError('model_file_invalid')
  if (length > bytes - 8) throw new ProductError('model_file_truncated')
  const header = parseHeader((await file.read(Buffer.alloc(length), 0, length, 8)).buffer)
  const tensors = new Map<string, Tensor>()
  let end = 0
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const tensor = tensorSchema.safeParse(value)
    if (!tensor.success) throw new ProductError('model_file_invalid')
    const [from, to] = tensor.data.data_offsets
    tensors.set(name, { shape: tensor.data.shape, bytes: Math.max(0, to - from) })
    end = Math.max(end, to)
  }
  if (8 + length + end > bytes) throw new ProductError('model_file_truncated')
  return tensors
}

function parseHeader(json: Buffer): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(json.toString('utf8')))
  } catch (cause) {
    throw new ProductError('model_file_invalid', undefined, { cause })
  }
}
