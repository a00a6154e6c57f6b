import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { hasCode } from './storage-error.ts'

/**
 * Makes a folder, and those above it, where they are missing; all of them are on the disk then.
 * One by one, because the recursive way of Node.js reports a read-only disk as a missing folder.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder)
  } catch (error) {
    // Somebody else may have been faster.
    if (!hasCode(error, 'EEXIST')) throw error
  }
  syncFolder(dirname(folder))
}

/** Makes sure that names that came or went in a folder are on the disk. Windows cannot, and does it by itself. */
export function syncFolder(folder: string): void {
  if (process.platform !== 'win32') syncFile(folder)
}

/** Makes sure that the content of a file is on the disk. */
export function syncFile(path: string): void {
  const descriptor = openSync(path, process.platform === 'win32' ? 'r+' : 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
