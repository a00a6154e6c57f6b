import { inflateSync } from 'node:zlib'
import type { PngChunk } from './png-chunks.ts'

/** A text in a PNG file. */
export interface PngText {
  readonly keyword: string
  readonly text: string
}

/** Longer texts are left unread, so that a small file cannot unpack into a large one. */
const textLimit = 1024 * 1024

/** Longest keyword the format allows. */
const keywordLimit = 79

/** A text as a chunk: `tEXt` where Latin-1 can hold it, which every reader knows, else `iTXt` in UTF-8. */
export function pngTextChunk({ keyword, text }: PngText): PngChunk {
  const clean = text.replaceAll('\0', '')
  const latin1 = Buffer.from(`${keyword}\0${clean}`, 'latin1')
  const fits = latin1.toString('latin1', keyword.length + 1) === clean
  return fits ? { type: 'tEXt', data: latin1 } : internationalTextChunk({ keyword, text: clean })
}

/** A text as an `iTXt` chunk in UTF-8, not compressed. */
export function internationalTextChunk({ keyword, text }: PngText): PngChunk {
  // After the keyword: not compressed (two bytes), no language, no translated keyword.
  return { type: 'iTXt', data: Buffer.from(`${keyword}\0\0\0\0\0${text}`, 'utf8') }
}

/** Reads the text of a chunk; null for other chunks, and for texts that are malformed or longer than 1 MB. */
export function readPngText(chunk: PngChunk): PngText | null {
  const data = Buffer.from(chunk.data.buffer, chunk.data.byteOffset, chunk.data.byteLength)
  const keywordEnd = data.subarray(0, keywordLimit + 1).indexOf(0)
  if (keywordEnd < 1) return null
  const keyword = data.toString('latin1', 0, keywordEnd)
  const text = readers[chunk.type]?.(data.subarray(keywordEnd + 1)) ?? null
  return text === null ? null : { keyword, text }
}

/** What follows the keyword, by the type of the chunk. */
const readers: Readonly<Record<string, (rest: Buffer) => string | null>> = {
  tEXt: (rest) => bounded(rest)?.toString('latin1') ?? null,
  zTXt: (rest) => inflated(rest[0], rest.subarray(1))?.toString('latin1') ?? null,
  iTXt: readInternational,
}

function readInternational(rest: Buffer): string | null {
  const languageEnd = rest.indexOf(0, 2)
  const translationEnd = languageEnd < 0 ? -1 : rest.indexOf(0, languageEnd + 1)
  if (translationEnd < 0) return null
  const content = rest.subarray(translationEnd + 1)
  const text = rest[0] === 1 ? inflated(rest[1], content) : bounded(content)
  return text?.toString('utf8') ?? null
}

function bounded(text: Buffer): Buffer | null {
  return text.length <= textLimit ? text : null
}

/** Method 0 (zlib) is the only one there is. */
function inflated(method: number | undefined, packed: Buffer): Buffer | null {
  if (method !== 0) return null
  try {
    return inflateSync(packed, { maxOutputLength: textLimit })
  } catch {
    return null
  }
}
