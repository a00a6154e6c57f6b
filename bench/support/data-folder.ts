import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readBuiltInModels } from '../../orchestrator/domain/presets/manifest.ts'
import { unpackModel } from '../../orchestrator/domain/presets/unpack-model.ts'
import { projectFolder } from '../../orchestrator/foundation/paths.ts'

/** Beside the data folders, so that a link is enough to give each of them the model. */
const cache = join(tmpdir(), 'mysticanvas-bench-models')

/** Lends a fresh data folder in which the built-in model is unpacked already. */
export async function withDataFolder<Result>(
  use: (folder: string, model: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-bench-'))
  try {
    return await use(folder, await provideModel(join(folder, 'models')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function provideModel(folder: string): Promise<string> {
  const [model] = readBuiltInModels(join(projectFolder, 'models'))
  if (model === undefined) throw new Error('There is no built-in model.')
  mkdirSync(cache, { recursive: true })
  mkdirSync(folder, { recursive: true })
  const path = join(folder, model.unpacked.file)
  const unpacked = await unpackModel(model, cache, () => undefined)
  if (!existsSync(path)) linkSync(unpacked, path)
  return path
}
