import type { PictureFormat } from '../../pictures/picture-format.ts'
import { readPngChunks, type PngChunk } from '../../../storage/png-chunks.ts'
import { readPngText } from '../../../storage/png-text.ts'
import { readExifTexts } from './exif-texts.ts'
import { findJpegExif, findWebpExif } from './exif-segments.ts'
import type { PictureTexts } from './found-recipe.ts'

/** More texts than this are left unread, so that a picture full of packed ones costs little. */
const mostTexts = 40

/** What stands in a picture beside its pixels. */
export interface FoundTexts {
  readonly texts: PictureTexts
  /** The keywords of texts that are damaged or longer than 1 MB, or how many there are beyond the limit. */
  readonly unreadable: readonly string[]
}

/** Reads the texts of a picture. Whatever the bytes are, it does not throw; the time it takes is bounded by their length. */
export function readPictureTexts(bytes: Buffer, format: PictureFormat): FoundTexts {
  if (format === 'png') return readPngTexts(bytes)
  const exif = format === 'jpeg' ? findJpegExif(bytes) : findWebpExif(bytes)
  return { texts: exif === null ? new Map() : withGraphs(readExifTexts(exif)), unreadable: [] }
}

function readPngTexts(bytes: Buffer): FoundTexts {
  const chunks = readPngChunks(bytes) ?? []
  const exif = chunks.find(({ type }) => type === 'eXIf')
  const texts = new Map(exif === undefined ? [] : withGraphs(readExifTexts(asBuffer(exif))))
  const unreadable: string[] = []
  const all = chunks.filter(({ type }) => type === 'tEXt' || type === 'zTXt' || type === 'iTXt')
  for (const chunk of all.slice(0, mostTexts)) {
    const found = readPngText(chunk)
    if (found === null) unreadable.push(keywordOf(chunk))
    else texts.set(found.keyword.toLowerCase(), chunk.type === 'iTXt' ? found.text : mended(found.text))
  }
  if (all.length > mostTexts) unreadable.push(`${all.length - mostTexts} more`)
  return { texts, unreadable }
}

/** These chunks are Latin-1 by the standard, and UTF-8 by many tools. */
function mended(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'))
  } catch {
    return text
  }
}

function keywordOf({ data }: PngChunk): string {
  const end = data.subarray(0, 80).indexOf(0)
  return Buffer.from(data.subarray(0, Math.max(0, end))).toString('latin1')
}

function asBuffer({ data }: PngChunk): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
}

/** ComfyUI puts its graphs into fields for cameras, each behind its name. */
function withGraphs(texts: ReadonlyMap<string, string>): Map<string, string> {
  const graphs = [...texts.values()].flatMap((text): [string, string][] => {
    const [, name] = /^(prompt|workflow):\s*(?=\{)/i.exec(text) ?? []
    return name === undefined ? [] : [[name.toLowerCase(), text.slice(text.indexOf('{'))]]
  })
  return new Map([...texts, ...graphs])
}
