import { constants, type Dir, type Dirent } from 'node:fs'
import { open, opendir, realpath, stat, type FileHandle } from 'node:fs/promises'
import { isAbsolute, join, parse } from 'node:path'
import { ProductError } from '../../../contracts/errors.ts'
import { pictureFormatOf } from '../pictures/picture-format.ts'
import { importLimits } from './import-limits.ts'
import { headBytes, type ImportItem, type ImportSource } from './import-source.ts'

/** Windows has no such flag, and no such links in folders of pictures. */
const withoutLinks = constants.O_RDONLY | ((constants.O_NOFOLLOW as number | undefined) ?? 0)

/**
 * Checks a folder that a person named.
 *
 * @returns its real path: absolute, and with every link followed
 * @throws ProductError `import_folder_unusable` where it is no folder, cannot be read, or is a whole disk
 */
export async function requireFolder(folder: string): Promise<string> {
  if (!isAbsolute(folder)) throw unusable(`"${folder}" is not an absolute path.`)
  try {
    const path = await realpath(folder)
    if (!(await stat(path)).isDirectory()) throw unusable(`${folder} is not a folder.`)
    if (parse(path).root === path) throw unusable(`${folder} is a whole disk.`)
    await (await opendir(path)).close()
    return path
  } catch (cause) {
    if (cause instanceof ProductError) throw cause
    throw unusable(`The folder ${folder} is not there or cannot be read.`, cause)
  }
}

/**
 * The files of a folder and of those in it, as the system lists them, a few at a time. Links are never followed, and
 * what begins with a dot is left out, as file managers do.
 *
 * @param root a real path
 */
export function folderSource(root: string): ImportSource {
  return { count: () => Promise.resolve(null), items: () => walk(root, '', 0) }
}

async function* walk(root: string, below: string, depth: number): AsyncGenerator<ImportItem> {
  const entries = await openFolder(join(root, below), below, depth)
  if (entries instanceof ProductError) {
    yield { kind: 'refusal', path: below, error: entries }
    return
  }
  // Leaving the loop closes the folder, however that happens.
  for await (const entry of entries) yield* take(root, below, entry, depth)
}

async function openFolder(folder: string, below: string, depth: number): Promise<Dir | ProductError> {
  if (depth > importLimits.depth)
    return new ProductError('import_folder_unusable', `"${below}" lies too deep in other folders.`)
  return opendir(folder, { bufferSize: 128 }).catch((cause: unknown) => unreadable(below, cause))
}

async function* take(root: string, below: string, entry: Dirent, depth: number): AsyncGenerator<ImportItem> {
  const path = below === '' ? entry.name : `${below}/${entry.name}`
  if (entry.name.startsWith('.')) return
  if (entry.isDirectory()) yield* walk(root, path, depth + 1)
  else if (entry.isFile()) yield await openFile(root, path)
  else yield { kind: 'refusal', path, error: null }
}

async function openFile(root: string, path: string): Promise<ImportItem> {
  const absolute = join(root, path)
  try {
    const { mtimeMs } = await stat(absolute)
    return { kind: 'file', path, modifiedAt: Math.trunc(mtimeMs), read: () => readPicture(absolute, path) }
  } catch (cause) {
    return { kind: 'refusal', path, error: unreadable(path, cause) }
  }
}

/**
 * Reads a file as a whole where it begins like a picture.
 *
 * @param path how it is called towards people
 * @returns null where it does not
 * @throws ProductError `picture_unreadable` or `picture_file_too_large`
 */
export async function readPicture(absolute: string, path: string): Promise<Buffer | null> {
  let file: FileHandle | null = null
  try {
    file = await open(absolute, withoutLinks)
    const { size } = await file.stat()
    const head = Buffer.alloc(Math.min(size, headBytes))
    await file.read(head, 0, head.length, 0)
    if (pictureFormatOf(head) === null) return null
    if (size > importLimits.pictureBytes) throw new ProductError('picture_file_too_large')
    // Reading to the end gives what is there, also where the file has just become shorter.
    const bytes = Buffer.alloc(size)
    const { bytesRead } = await file.read(bytes, 0, size, 0)
    return bytes.subarray(0, bytesRead)
  } catch (cause) {
    if (cause instanceof ProductError) throw cause
    throw unreadable(path, cause)
  } finally {
    await file?.close()
  }
}

function unreadable(path: string, cause?: unknown): ProductError {
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
  return new ProductError('picture_unreadable', `"${path}" cannot be read${code}.`, { cause })
}

function unusable(summary: string, cause?: unknown): ProductError {
  return new ProductError('import_folder_unusable', summary, { cause })
}
