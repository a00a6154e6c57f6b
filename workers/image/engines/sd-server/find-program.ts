import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** Where to look for the program. */
export interface Places {
  /** What a person set as `image_worker.sd_server_path`. */
  readonly configured: string | null
  readonly environment: NodeJS.ProcessEnv
  /** The folder `engines` of the data folder, into which releases can be unpacked as they are. */
  readonly enginesFolder: string | null
}

/** The program and where it was named or found, or what is wrong; both as people read it. */
export type Search =
  { readonly path: string; readonly place: string } | { readonly path: null; readonly problem: string }

/** Releases hold the program in a folder of their own, builds in `build/bin`. */
const deepest = 3

const fileName = process.platform === 'win32' ? 'sd-server.exe' : 'sd-server'

/**
 * Looks for `sd-server`: in the configuration, `SD_SERVER_BIN`, the engines folder, `PATH`. A place that a person named is
 * taken at their word: where nothing usable lies there, the search ends, for another program would surprise them.
 */
export function findSdServer({ configured, environment, enginesFolder }: Places): Search {
  if (configured !== null) return judgeNamed(configured, 'image_worker.sd_server_path')
  const fromEnvironment = environment['SD_SERVER_BIN'] ?? ''
  if (fromEnvironment !== '') return judgeNamed(fromEnvironment, 'SD_SERVER_BIN')
  const unpacked = enginesFolder === null ? null : searchFolder(enginesFolder, deepest)
  if (unpacked !== null) return { path: unpacked, place: 'the folder engines' }
  for (const folder of (environment['PATH'] ?? '').split(delimiter).filter(isAbsolute)) {
    const path = join(folder, fileName)
    if (isProgram(path)) return { path, place: 'PATH' }
  }
  return { path: null, problem: 'no sd-server was found' }
}

function judgeNamed(path: string, place: string): Search {
  if (!isAbsolute(path)) return { path: null, problem: `${place} must be an absolute path, not ${path}` }
  if (isProgram(path)) return { path, place }
  return { path: null, problem: `${path}, which ${place} names, is no program that may be run` }
}

/** The program in a folder or below it; of several the one whose folder comes last by name, so the newest release. */
function searchFolder(folder: string, depth: number): string | null {
  const here = join(folder, fileName)
  if (isProgram(here)) return here
  if (depth === 0) return null
  for (const name of foldersIn(folder)) {
    const found = searchFolder(join(folder, name), depth - 1)
    if (found !== null) return found
  }
  return null
}

function foldersIn(folder: string): string[] {
  try {
    const names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
    return names.toSorted((one, other) => other.localeCompare(one, 'en', { numeric: true }))
  } catch {
    return []
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
