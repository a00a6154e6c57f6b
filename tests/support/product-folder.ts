import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtInModelPath } from './built-in-model.ts'

const made = new Set<string>()

/** Two threads on two busy cores mostly wait for each other; small pictures are made sooner by one. */
export const thrifty = { threads: 1 }

/** A new data folder with the built-in model unpacked in it. */
export async function createDataFolder(config?: object): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-data-'))
  made.add(folder)
  await fillDataFolder(folder, config)
  return folder
}

/** Makes a data folder of a folder. The model is linked: unpacking it each time would take longer than the tests. */
export async function fillDataFolder(folder: string, config: object = {}): Promise<void> {
  const unpacked = await builtInModelPath()
  const target = join(folder, 'models', 'mysticanvas-sketch.safetensors')
  mkdirSync(join(folder, 'models'))
  try {
    linkSync(unpacked, target)
  } catch {
    symlinkSync(unpacked, target)
  }
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ image_worker: thrifty, ...config }))
}

/** Removes every data folder that was made. */
export function removeDataFolders(): void {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
  made.clear()
}
