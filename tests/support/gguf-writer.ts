/** Types of values in a GGUF file. Source: docs/gguf.md of the ggml repository. */
const types = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const

/** A value of the file's metadata. */
export type GgufValue =
  | { readonly type: 'uint32' | 'int32' | 'float32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | {
      readonly type: 'array'
      readonly of: 'string' | 'int32' | 'float32'
      readonly values: readonly unknown[]
    }

/** A tensor of 32-bit floats; the fastest dimension comes first. */
export interface GgufTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: Float32Array
}

const alignment = 32

/** Writes a GGUF file, version 3. */
export function writeGguf(
  metadata: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[],
): Buffer {
  const parts = [Buffer.from('GGUF'), uint32(3), uint64(tensors.length), uint64(Object.keys(metadata).length)]
  for (const [key, value] of Object.entries(metadata)) parts.push(text(key), writeValue(value))
  let offset = 0
  for (const { name, shape, data } of tensors) {
    parts.push(text(name), uint32(shape.length), ...shape.map(uint64), uint32(0), uint64(offset))
    offset += aligned(data.byteLength)
  }
  const head = Buffer.concat(parts)
  return Buffer.concat([padded(head), ...tensors.map(({ data }) => padded(Buffer.from(data.buffer)))])
}

function writeValue(value: GgufValue): Buffer {
  if (value.type !== 'array')
    return Buffer.concat([uint32(types[value.type]), plain(value.type, value.value)])
  const items = value.values.map((item) => plain(value.of, item))
  return Buffer.concat([uint32(types.array), uint32(types[value.of]), uint64(items.length), ...items])
}

function plain(type: string, value: unknown): Buffer {
  if (type === 'string') return text(String(value))
  if (type === 'bool') return Buffer.from([value === true ? 1 : 0])
  const buffer = Buffer.alloc(4)
  if (type === 'float32') buffer.writeFloatLE(Number(value))
  else if (type === 'int32') buffer.writeInt32LE(Number(value))
  else buffer.writeUInt32LE(Number(value))
  return buffer
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([uint64(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  return plain('uint32', value)
}

function uint64(value: number): Buffer {
  const buffer = Buffer.alloc(8)
  buffer.writeBigUInt64LE(BigInt(value))
  return buffer
}

function padded(buffer: Buffer): Buffer {
  return Buffer.concat([buffer, Buffer.alloc(aligned(buffer.length) - buffer.length)])
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment
}
