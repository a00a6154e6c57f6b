import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import {
  modelFamilySchema,
  presetDefaultsSchema,
  presetIdSchema,
  vocabularySchema,
} from '../../../contracts/entities/preset.ts'

const packedFileSchema = z.object({ file: z.string(), bytes: z.int(), sha256: z.string() })

const kindSchema = z.object({ kind: z.enum(['image', 'language']) })

/** What we ship with a built-in model: what it is, how it was made, and how to check its file. */
const manifestSchema = z.object({
  id: presetIdSchema,
  name: z.string(),
  description: z.string(),
  family: modelFamilySchema,
  packed: packedFileSchema.describe('The file as shipped, compressed with Zstandard.'),
  unpacked: packedFileSchema.describe('The file the engine reads.'),
  defaults: presetDefaultsSchema,
  max_side: z.int(),
  vocabulary: vocabularySchema,
})

/** A built-in model: its manifest and the folder it is shipped in. */
export type BuiltInModel = z.output<typeof manifestSchema> & { readonly folder: string }

/** Reads the manifests of all built-in models that make pictures; those of another kind have readers of their own. */
export function readBuiltInModels(modelsFolder: string): BuiltInModel[] {
  return readdirSync(modelsFolder)
    .map((name) => join(modelsFolder, name))
    .filter((folder) => existsSync(join(folder, 'manifest.json')))
    .map((folder) => ({ folder, content: readManifest(folder) }))
    .filter(({ content }) => kindSchema.parse(content).kind === 'image')
    .map(({ folder, content }) => ({ ...manifestSchema.parse(content), folder }))
}

function readManifest(folder: string): unknown {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
}
