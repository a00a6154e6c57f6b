import { join } from 'node:path'
import { madeRoles } from './generation-files.ts'
import { timeOfIdentifier } from './identifiers.ts'

/** The files that are made for a picture; those it was made from belong to an upload or to another picture. */
export type PictureRole = (typeof madeRoles)[number]

/**
 * Where the files of each role lie: `<folder>/YYYY/MM/<id>.<extension>`, by the time the picture was asked for (UTC).
 * Originals that were imported keep their format, and its extension.
 */
const layout: Readonly<Record<PictureRole, { readonly folder: string; readonly extension: string }>> = {
  original: { folder: 'images', extension: 'png' },
  thumbnail: { folder: 'thumbnails', extension: 'webp' },
  preview: { folder: 'previews', extension: 'webp' },
}

export const pictureRoles: readonly PictureRole[] = madeRoles

const originalExtensions: readonly string[] = ['png', 'jpg', 'webp']

/** Where uploaded pictures lie. */
export const uploadsFolder = 'uploads'

/** The folder in the data folder for the files of one role. */
export function folderOfRole(role: PictureRole): string {
  return layout[role].folder
}

/** Where the previews of styles lie. */
export const stylePreviewsFolder = 'styles'

/** The path of a picture's file, relative to the data folder. It depends on nothing else, so making it again replaces it. */
export function picturePath(
  id: number,
  role: PictureRole,
  extension: string = layout[role].extension,
): string {
  const { folder } = layout[role]
  const [year, month] = new Date(timeOfIdentifier(id)).toISOString().split('-')
  return `${folder}/${year}/${month}/${id}.${extension}`
}

/** The path of an uploaded picture, relative to the data folder. */
export function uploadedPicturePath(sha256: string): string {
  return `${uploadsFolder}/${sha256.slice(0, 2)}/${sha256}.png`
}

/** The path of a style's preview, relative to the data folder; one that is made again replaces it. */
export function stylePreviewPath(id: number): string {
  return `${stylePreviewsFolder}/${id}.webp`
}

/** Which upload a file is, by its path relative to the data folder; null for files that are not ours. */
export function uploadOfPath(path: string): string | null {
  const sha256 = /\/([0-9a-f]{64})\.png$/.exec(path)?.[1]
  return sha256 !== undefined && uploadedPicturePath(sha256) === path ? sha256 : null
}

/** Which picture a file belongs to, by its path relative to the data folder; null for files that are not ours. */
export function pictureOfPath(role: PictureRole, path: string): number | null {
  const [, digits, extension = ''] = /\/([1-9]\d{0,15})\.([a-z]+)$/.exec(path) ?? []
  const id = Number(digits)
  const extensions: readonly string[] = role === 'original' ? originalExtensions : [layout[role].extension]
  const isOurs = Number.isSafeInteger(id) && extensions.includes(extension)
  return isOurs && picturePath(id, role, extension) === path ? id : null
}

/**
 * The absolute path of a file in the data folder. What comes from the database is only ever used through this.
 *
 * @param path relative, with forward slashes and plain names; anything else is refused as a bug
 */
export function resolveInside(dataFolder: string, path: string): string {
  const parts = path.split('/')
  // No dot first: neither "..", nor a file that is still being written.
  if (!parts.every((part) => /^[\w-][\w.-]*$/.test(part)))
    throw new Error(`Not a path in the data folder: ${path}`)
  return join(dataFolder, ...parts)
}
