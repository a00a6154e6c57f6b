import { crc32 } from 'node:zlib'

/** One piece of a PNG file. */
export interface PngChunk {
  /** Four letters, such as `IDAT`. */
  readonly type: string
  readonly data: Uint8Array
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Length, type and checksum around the data of a chunk, in bytes. */
const frameBytes = 12

/**
 * Takes a PNG apart, without copying and without looking at its pixels.
 *
 * @returns the chunks up to the end, or to where the file breaks off or is damaged; null where it is not a PNG
 */
export function readPngChunks(png: Uint8Array): PngChunk[] | null {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength)
  if (!bytes.subarray(0, signature.length).equals(signature)) return null
  const chunks: PngChunk[] = []
  let offset = signature.length
  while (offset + frameBytes <= bytes.length) {
    const length = bytes.readUInt32BE(offset)
    const end = offset + frameBytes + length
    if (end > bytes.length) break
    const typed = bytes.subarray(offset + 4, end - 4)
    if (crc32(typed) !== bytes.readUInt32BE(end - 4)) break
    chunks.push({ type: typed.toString('latin1', 0, 4), data: typed.subarray(4) })
    offset = end
  }
  return chunks
}

/** The size of a PNG in pixels; null where it is not one, or not a whole one. */
export function readPngSize(png: Uint8Array): { width: number; height: number } | null {
  const chunks = readPngChunks(png)
  const header = chunks?.[0]
  if (header?.type !== 'IHDR' || chunks?.at(-1)?.type !== 'IEND') return null
  const { buffer, byteOffset, byteLength } = header.data
  const data = new DataView(buffer, byteOffset, byteLength)
  return { width: data.getUint32(0), height: data.getUint32(4) }
}

/** Puts chunks together to a PNG file. */
export function writePngChunks(chunks: readonly PngChunk[]): Buffer {
  return Buffer.concat([signature, ...chunks.flatMap(frame)])
}

function frame({ type, data }: PngChunk): Uint8Array[] {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length, 0)
  head.write(type, 4, 'latin1')
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(crc32(data, crc32(head.subarray(4))), 0)
  return [head, data, tail]
}
