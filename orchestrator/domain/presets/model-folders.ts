import { realpath } from 'node:fs/promises'
import { readdir, stat } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { ProductError } from '../../../contracts/errors.ts'

const modelExtensions = ['.safetensors', '.gguf']
const filesListed = 1000

/**
 * Checks that a path a caller gave leads to a file in one of the model folders, links followed.
 *
 * @returns the real path
 * @throws ProductError `model_file_missing` or `model_path_not_allowed`
 */
export async function requireModelPath(path: string, folders: readonly string[]): Promise<string> {
  const allowed = await realFolders(folders)
  const found = await realpath(path).catch(() => null)
  if (found === null) {
    // Whether a file outside the folders exists is nobody's business, so its absence is told only inside them.
    if (!folders.some((folder) => isInside(resolve(path), folder))) throw outside(path, folders)
    throw new ProductError('model_file_missing', `The model file ${path} is not there.`, {
      details: { path },
    })
  }
  if (!allowed.some((folder) => isInside(found, folder))) throw outside(path, folders)
  return found
}

/** The model files in the model folders and below them, at most a thousand. */
export async function listModelFilesIn(
  folders: readonly string[],
): Promise<{ path: string; bytes: number }[]> {
  const found: { path: string; bytes: number }[] = []
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (found.length >= filesListed) return found
      if (entry.isDirectory() || !modelExtensions.includes(extname(entry.name))) continue
      const path = join(entry.parentPath, entry.name)
      const bytes = await stat(path).then(
        (file) => file.size,
        () => null,
      )
      if (bytes !== null) found.push({ path, bytes })
    }
  }
  return found
}

async function realFolders(folders: readonly string[]): Promise<string[]> {
  const real = await Promise.all(folders.map((folder) => realpath(folder).catch(() => null)))
  return real.filter((folder) => folder !== null)
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function outside(path: string, folders: readonly string[]): ProductError {
  return new ProductError(
    'model_path_not_allowed',
    `The file ${path} lies outside the model folders (${folders.join(', ')}).`,
    {
      details: { path, folders },
    },
  )
}
