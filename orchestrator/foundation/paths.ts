import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import envPaths from 'env-paths'
import { ProductError } from '../../contracts/errors.ts'

/** The root folder of the program itself. */
export const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Every place in the data folder, absolute. */
export interface DataPaths {
  readonly root: string
  readonly config: string
  readonly database: string
  /** How the database was left, see storage/close-record.ts. */
  readonly closeRecord: string
  readonly backups: string
  readonly models: string
  /** Programs that a person put here to make pictures with. */
  readonly engines: string
  /** A person's own copies of the files of prompts. */
  readonly prompts: string
  /** Token, sockets and the address of the running server; only this user can look inside. */
  readonly run: string
  readonly token: string
  readonly server: string
  readonly logs: string
}

/** Where a person's data lies unless they say otherwise: `MYSTICANVAS_DATA`, or the place their system has for it. */
export function defaultDataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment['MYSTICANVAS_DATA']
  return resolve(
    chosen !== undefined && chosen !== '' ? chosen : envPaths('MystiCanvas', { suffix: '' }).data,
  )
}

/** Names the places in a data folder; touches nothing. */
export function dataPaths(folder: string): DataPaths {
  const root = resolve(folder)
  const run = join(root, 'run')
  return {
    root,
    config: join(root, 'config.json'),
    database: join(root, 'mysticanvas.sqlite'),
    backups: join(root, 'backups'),
    models: join(root, 'models'),
    engines: join(root, 'engines'),
    prompts: join(root, 'prompts'),
    run,
    closeRecord: join(run, 'database.json'),
    token: join(run, 'token'),
    server: join(run, 'server.json'),
    logs: join(root, 'logs'),
  }
}

/**
 * Makes the folders that are missing.
 *
 * @throws ProductError `data_folder_read_only` where nothing can be written there
 */
export function prepareDataFolder(paths: DataPaths): void {
  try {
    for (const folder of [paths.root, paths.models, paths.backups, paths.logs]) makeFolder(folder)
    makeFolder(paths.run, 0o700)
    accessSync(paths.root, constants.W_OK)
  } catch (cause) {
    throw new ProductError('data_folder_read_only', `The data folder ${paths.root} cannot be written.`, {
      cause,
    })
  }
}

/** Makes a folder and those above it. The `recursive` of Node.js never returns on a file system like /proc. */
function makeFolder(path: string, mode?: number): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return
  makeFolder(dirname(path))
  mkdirSync(path, { mode })
}
