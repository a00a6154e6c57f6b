import sharp from 'sharp'
import { readPngChunks, writePngChunks, type PngChunk } from '../../orchestrator/storage/png-chunks.ts'
import { internationalTextChunk, pngTextChunk } from '../../orchestrator/storage/png-text.ts'

/** A small picture in a colour of its own, so that no two have the same bytes. */
export function drawPicture(hue: number, width = 96, height = 64) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="hsl(${hue % 360} 60% ${40 + (Math.floor(hue / 360) % 40)}%)"/>
    <circle cx="${20 + (hue % 50)}" cy="30" r="12" fill="white"/></svg>`
  return sharp(Buffer.from(svg)).flatten()
}

/** A PNG with texts in it, as Latin-1 where it can hold them. */
export async function pngWith(texts: Readonly<Record<string, string>>, hue = 10): Promise<Buffer> {
  const chunks = Object.entries(texts).map(([keyword, text]) => pngTextChunk({ keyword, text }))
  return pngWithChunks(chunks, hue)
}

/** A PNG with texts in UTF-8. */
export async function pngWithUtf8(texts: Readonly<Record<string, string>>, hue = 20): Promise<Buffer> {
  const chunks = Object.entries(texts).map(([keyword, text]) => internationalTextChunk({ keyword, text }))
  return pngWithChunks(chunks, hue)
}

/** A PNG with chunks of any kind behind its header. */
export async function pngWithChunks(extra: readonly PngChunk[], hue = 30): Promise<Buffer> {
  const [header, ...rest] = readPngChunks(await drawPicture(hue).png().toBuffer()) ?? []
  return writePngChunks(header === undefined ? [] : [header, ...extra, ...rest])
}

/** How a comment's text is encoded. */
export type CommentEncoding = 'utf-16le' | 'utf-16be' | 'utf-8' | 'bare'

/** EXIF with a comment, and with texts in fields of the first directory, in either byte order. */
export function exifWith(
  comment: string,
  encoding: CommentEncoding,
  { fields = {}, isLittle = true }: { fields?: Readonly<Record<number, string>>; isLittle?: boolean } = {},
): Buffer {
  const value = encodeComment(comment, encoding)
  const strings = Object.entries(fields).map(([tag, text]) => ({
    tag: Number(tag),
    value: Buffer.from(`${text}\0`),
  }))
  const first = 8
  const firstBytes = 2 + (strings.length + 1) * 12 + 4
  const second = first + firstBytes
  const data = second + 2 + 12 + 4
  let free = data + value.length
  const entries = strings.map(({ tag, value: text }) => {
    const entry = { tag, type: 2, count: text.length, offset: free }
    free += text.length
    return entry
  })
  const bytes = Buffer.alloc(free)
  const short = (number: number, at: number) =>
    isLittle ? bytes.writeUInt16LE(number, at) : bytes.writeUInt16BE(number, at)
  const long = (number: number, at: number) =>
    isLittle ? bytes.writeUInt32LE(number, at) : bytes.writeUInt32BE(number, at)
  const directory = (at: number, list: { tag: number; type: number; count: number; offset: number }[]) => {
    short(list.length, at)
    for (const [index, { tag, type, count, offset }] of list.entries()) {
      const entry = at + 2 + index * 12
      short(tag, entry)
      short(type, entry + 2)
      long(count, entry + 4)
      long(offset, entry + 8)
    }
  }
  bytes.write(isLittle ? 'II' : 'MM', 'latin1')
  short(42, 2)
  long(first, 4)
  directory(first, [...entries, { tag: 0x8769, type: 4, count: 1, offset: second }])
  directory(second, [{ tag: 0x9286, type: 7, count: value.length, offset: data }])
  value.copy(bytes, data)
  for (const [index, { offset }] of entries.entries()) strings[index]?.value.copy(bytes, offset)
  return bytes
}

/** A JPEG with EXIF. */
export async function jpegWith(exif: Buffer, hue = 40): Promise<Buffer> {
  const jpeg = await drawPicture(hue).jpeg().toBuffer()
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)])
}

/** A WebP with EXIF. */
export async function webpWith(exif: Buffer, hue = 50): Promise<Buffer> {
  const webp = await drawPicture(hue)
    .webp()
    .withExif({ IFD0: { Software: 'a test' } })
    .toBuffer()
  const at = webp.indexOf('EXIF')
  const padded = exif.length % 2 === 0 ? exif : Buffer.concat([exif, Buffer.alloc(1)])
  const head = Buffer.alloc(8)
  head.write('EXIF', 'latin1')
  head.writeUInt32LE(exif.length, 4)
  const result = Buffer.concat([webp.subarray(0, at), head, padded])
  result.writeUInt32LE(result.length - 8, 4)
  return result
}

function encodeComment(text: string, encoding: CommentEncoding): Buffer {
  if (encoding === 'bare') return Buffer.from(text)
  if (encoding === 'utf-8') return Buffer.concat([Buffer.from('ASCII\0\0\0'), Buffer.from(text)])
  const content = Buffer.from(text, 'utf16le')
  return Buffer.concat([
    Buffer.from('UNICODE\0'),
    encoding === 'utf-16le' ? content : Buffer.from(content).swap16(),
  ])
}
