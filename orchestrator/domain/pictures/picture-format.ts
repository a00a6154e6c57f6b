/** The formats that are taken in. */
export type PictureFormat = 'png' | 'jpeg' | 'webp'

/** What is known of each format: its content type, and how its files are named here. */
export const pictureFormats = {
  png: { mime: 'image/png', extension: 'png' },
  jpeg: { mime: 'image/jpeg', extension: 'jpg' },
  webp: { mime: 'image/webp', extension: 'webp' },
} as const

/** Tells the format by the first bytes, whatever the file is called; null for all others. */
export function pictureFormatOf(bytes: Buffer): PictureFormat | null {
  const text = bytes.toString('latin1', 0, 12)
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg'
  return text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP' ? 'webp' : null
}
