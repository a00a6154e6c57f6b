const kinds = new Set(['image/png', 'image/jpeg', 'image/webp'])
const largestFile = 24 * 1024 * 1024

/**
 * Reads a picture file as base64, ready to be uploaded.
 *
 * @throws Error with a sentence for a person where the file will not be accepted
 */
export async function readPictureFile(file: File): Promise<string> {
  if (!kinds.has(file.type)) throw new Error('Only PNG, JPEG and WebP pictures can be used.')
  if (file.size > largestFile) {
    throw new Error(
      `This picture is ${Math.ceil(file.size / 1024 / 1024)} MB large; at most 24 MB can be used.`,
    )
  }
  return (await readAsDataUrl(file)).replace(/^data:[^,]*,/, '')
}

/** The first picture among dropped or pasted things. */
export function firstPicture(transfer: DataTransfer | null): File | null {
  return [...(transfer?.files ?? [])].find((file) => file.type.startsWith('image/')) ?? null
}

function readAsDataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result as string))
    reader.addEventListener('error', () =>
      reject(new Error('The file could not be read.', { cause: reader.error })),
    )
    reader.readAsDataURL(file)
  })
}
