import type { FileHandle } from 'node:fs/promises'
import { ProductError } from '../../../contracts/errors.ts'
import type { Tensor } from './tensor.ts'

/** How much of the file is read for its header at first, and at most: vocabularies of language models make large ones. */
const firstRead = 1024 * 1024
const headerLimit = 64 * 1024 * 1024
const tensorLimit = 100_000

/** Sizes in bytes of the fixed-size value types, by their number in the format. */
const valueSizes: Record<number, number> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
}
const stringType = 8
const arrayType = 9

/**
 * Reads the names, shapes and sizes of the tensors of a GGUF file: magic, version, counts, key-value pairs, tensor
 * descriptions. Source: docs/gguf.md of the ggml repository.
 *
 * @param bytes the size of the file
 * @throws ProductError `model_file_invalid` or `model_file_truncated`
 */
export async function readGgufHeader(file: FileHandle, bytes: number): Promise<Map<string, Tensor>> {
  for (let length = firstRead; ; length *= 4) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0)
    try {
      return parseHeader(new GgufReader(buffer.subarray(0, bytesRead)), bytes)
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause
      if (length >= Math.min(bytes, headerLimit))
        throw new ProductError('model_file_truncated', undefined, { cause })
    }
  }
}

function parseHeader(reader: GgufReader, fileBytes: number): Map<string, Tensor> {
  reader.skip(4)
  const version = reader.uint32()
  if (version < 2 || version > 3)
    throw new ProductError('model_file_invalid', `GGUF version ${version} is not known.`)
  const tensorCount = reader.count(tensorLimit)
  const pairCount = reader.count(tensorLimit)
  for (let pair = 0; pair < pairCount; pair += 1) {
    reader.string()
    reader.skipValue(reader.uint32())
  }
  return reader.tensors(tensorCount, fileBytes)
}

/** Walks through a GGUF header; reading past its end throws a RangeError. */
class GgufReader {
  #position = 0
  readonly #buffer: Buffer

  constructor(buffer: Buffer) {
    this.#buffer = buffer
  }

  skip(bytes: number): void {
    this.#position += bytes
    if (this.#position > this.#buffer.length) throw new RangeError('past the end')
  }

  uint32(): number {
    this.skip(4)
    return this.#buffer.readUInt32LE(this.#position - 4)
  }

  count(limit: number): number {
    this.skip(8)
    const value = Number(this.#buffer.readBigUInt64LE(this.#position - 8))
    if (value > limit) throw new ProductError('model_file_invalid')
    return value
  }

  string(): string {
    const length = this.count(headerLimit)
    this.skip(length)
    return this.#buffer.toString('utf8', this.#position - length, this.#position)
  }

  skipValue(type: number): void {
    if (type === stringType) return void this.string()
    if (type === arrayType) return this.#skipArray()
    const size = valueSizes[type]
    if (size === undefined) throw new ProductError('model_file_invalid')
    this.skip(size)
  }

  /** Reads the descriptions and checks that the file reaches to where the last tensor begins. */
  tensors(count: number, fileBytes: number): Map<string, Tensor> {
    const described: { name: string; shape: number[]; offset: number }[] = []
    for (let tensor = 0; tensor < count; tensor += 1) {
      const name = this.string()
      const dimensions = this.uint32()
      if (dimensions > 8) throw new ProductError('model_file_invalid')
      const shape = Array.from({ length: dimensions }, () => this.count(Number.MAX_SAFE_INTEGER))
      this.skip(4)
      described.push({ name, shape, offset: this.count(Number.MAX_SAFE_INTEGER) })
    }
    const dataBytes = fileBytes - this.#position
    // One tensor reaches to where the next one begins: that tells sizes of every type, also of those to come.
    const byOffset = described.toSorted((one, other) => one.offset - other.offset)
    if ((byOffset.at(-1)?.offset ?? -1) >= dataBytes) throw new RangeError('data missing')
    return new Map(
      byOffset.map(({ name, shape, offset }, index) => [
        name,
        { shape, bytes: (byOffset[index + 1]?.offset ?? dataBytes) - offset },
      ]),
    )
  }

  #skipArray(): void {
    const type = this.uint32()
    const length = this.count(headerLimit)
    if (type === arrayType) throw new ProductError('model_file_invalid')
    const size = valueSizes[type]
    if (size !== undefined) return this.skip(size * length)
    for (let item = 0; item < length; item += 1) this.skipValue(type)
  }
}
