/** What is kept of a picture's EXIF. */
const keywords: ReadonlyMap<number, string> = new Map([
  [0x010e, 'imagedescription'],
  [0x010f, 'make'],
  [0x0110, 'model'],
  [0x9286, 'usercomment'],
])

/** Points to the second directory, where the comment stands. */
const exifDirectoryTag = 0x8769

const entryBytes = 12
const mostEntries = 200

/** Longer texts are left unread. */
const textLimit = 1024 * 1024

/**
 * Reads the texts in EXIF that tools write recipes to, and nothing else, so that the work stays small whatever the bytes are.
 * Sources: TIFF 6.0, section 2; CIPA DC-008 (EXIF 2.32), UserComment.
 *
 * @param exif from the byte order mark on, or from the six bytes before it
 * @returns the texts by keyword; empty where the bytes are no EXIF
 */
export function readExifTexts(exif: Buffer): Map<string, string> {
  const tiff = exif.toString('latin1', 0, 4) === 'Exif' ? exif.subarray(6) : exif
  const order = tiff.toString('latin1', 0, 2)
  const texts = new Map<string, string>()
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return texts
  const numbers = new NumberReader(tiff, order === 'II')
  const second = readDirectory(numbers, numbers.long(4), texts)
  if (second !== null) readDirectory(numbers, second, texts)
  return texts
}

/** Numbers at places that may lie outside of the bytes: 0 there. */
class NumberReader {
  readonly bytes: Buffer
  readonly #isLittle: boolean

  constructor(bytes: Buffer, isLittle: boolean) {
    this.bytes = bytes
    this.#isLittle = isLittle
  }

  get isLittle(): boolean {
    return this.#isLittle
  }

  short(at: number): number {
    if (at + 2 > this.bytes.length) return 0
    return this.#isLittle ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at)
  }

  long(at: number): number {
    if (at + 4 > this.bytes.length) return 0
    return this.#isLittle ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at)
  }
}

/** Adds the texts of one directory; where the next one of interest begins, or null. */
function readDirectory(numbers: NumberReader, at: number, texts: Map<string, string>): number | null {
  let next: number | null = null
  const count = Math.min(numbers.short(at), mostEntries)
  for (let index = 0; index < count; index += 1) {
    const entry = at + 2 + index * entryBytes
    const tag = numbers.short(entry)
    if (tag === exifDirectoryTag) next = numbers.long(entry + 8)
    const keyword = keywords.get(tag)
    const length = numbers.long(entry + 4)
    if (keyword === undefined || length > textLimit) continue
    const from = length <= 4 ? entry + 8 : numbers.long(entry + 8)
    const value = numbers.bytes.subarray(from, from + length)
    const text = keyword === 'usercomment' ? decodeComment(value, numbers.isLittle) : value.toString('utf8')
    texts.set(keyword, text.replaceAll('\0', '').trim())
  }
  return next
}

/** A comment begins with eight bytes that name its encoding; some tools leave them out. */
function decodeComment(value: Buffer, isLittle: boolean): string {
  const encoding = value.toString('latin1', 0, 8)
  const content = value.subarray(8)
  if (encoding.startsWith('UNICODE')) return decodeUtf16(content, isLittle)
  if (encoding.startsWith('ASCII') || encoding === '\0'.repeat(8)) return content.toString('utf8')
  return value.toString('utf8')
}

/** The byte order should be that of the EXIF. Many write the other one, so where zeros stand in Latin text decides. */
function decodeUtf16(content: Buffer, isLittle: boolean): string {
  const sample = content.subarray(0, 512)
  const zeros = (odd: number) => sample.filter((byte, index) => byte === 0 && index % 2 === odd).length
  const [even, odd] = [zeros(0), zeros(1)]
  const little = even === odd ? isLittle : odd > even
  return new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(content)
}
