/** Where segments with pixels begin: what comes after is no metadata. */
const startOfScan = 0xda
const application1 = 0xe1

/** The EXIF of a JPEG, from its byte order mark on; null where there is none. Source: ITU T.81, annex B. */
export function findJpegExif(jpeg: Buffer): Buffer | null {
  let at = 2
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff) {
    const marker = jpeg[at + 1]
    if (marker === startOfScan) return null
    const end = at + 2 + jpeg.readUInt16BE(at + 2)
    const content = jpeg.subarray(at + 4, end)
    if (marker === application1 && content.toString('latin1', 0, 6) === 'Exif\0\0') return content.subarray(6)
    at = end
  }
  return null
}

/** The EXIF of a WebP, from its byte order mark on; null where there is none. Source: RFC 9649, section 2. */
export function findWebpExif(webp: Buffer): Buffer | null {
  for (let at = 12; at + 8 <= webp.length;) {
    const length = webp.readUInt32LE(at + 4)
    if (webp.toString('latin1', at, at + 4) === 'EXIF') return webp.subarray(at + 8, at + 8 + length)
    // Odd lengths are filled up.
    at += 8 + length + (length % 2)
  }
  return null
}
