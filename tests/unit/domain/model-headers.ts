/** Writes the headers of model files, right and wrong ones. */

interface Tensor {
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** A safetensors file: the length of its header, the header, then `dataBytes` bytes. */
export function safetensors(header: Record<string, Tensor> | string, dataBytes: number): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  return Buffer.concat([length, json, Buffer.alloc(dataBytes)])
}

/** A whole safetensors file with these tensors, one byte each. */
export function safetensorsOf(shapes: Record<string, readonly number[]>): Buffer {
  const entries = Object.entries(shapes).map(([name, shape], index) => [
    name,
    { dtype: 'U8', shape, data_offsets: [index, index + 1] },
  ])
  return safetensors(Object.fromEntries(entries) as Record<string, Tensor>, entries.length)
}

/** A GGUF file of version 3 with some key-value pairs of each kind, and tensors that begin at multiples of 32 bytes. */
export function gguf(
  shapes: Record<string, readonly number[]>,
  changes: { version?: number; dataBytes?: number } = {},
): Buffer {
  const entries = Object.entries(shapes)
  const pairs = [
    [text('general.architecture'), uint32(8), text('sd')],
    [text('some.number'), uint32(4), uint32(5)],
    [text('some.flag'), uint32(7), Buffer.from([1])],
    [text('some.words'), uint32(9), uint32(8), uint64(2), text('one'), text('two')],
    [text('some.numbers'), uint32(9), uint32(6), uint64(3), Buffer.alloc(12)],
  ].flat()
  const tensors = entries.flatMap(([name, shape], index) => [
    text(name),
    uint32(shape.length),
    ...shape.map((side) => uint64(side)),
    uint32(0),
    uint64(index * 32),
  ])
  return Buffer.concat([
    Buffer.from('GGUF'),
    uint32(changes.version ?? 3),
    uint64(entries.length),
    uint64(5),
    ...pairs,
    ...tensors,
    Buffer.alloc(changes.dataBytes ?? entries.length * 32),
  ])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

function text(value: string): Buffer {
  return Buffer.concat([uint64(Buffer.byteLength(value)), Buffer.from(value)])
}
