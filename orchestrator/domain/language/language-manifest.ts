import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { contextTokensSchema } from '../../../contracts/entities/language.ts'

/** What we ship with the built-in language model: what it is, how it was made, and how to check its files. */
const languageManifestSchema = z.object({
  id: z.literal('mysticanvas-chat'),
  kind: z.literal('language'),
  name: z.string().min(1),
  description: z.string().min(1),
  licence: z.string().min(1),
  context_tokens: contextTokensSchema,
  files: z
    .array(z.object({ file: z.string(), bytes: z.int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .min(1),
  combination: z.object({
    language_model: z
      .number()
      .min(0)
      .max(1)
      .describe('How much the network counts against the router where a tool is chosen.'),
  }),
})
export type LanguageManifest = z.output<typeof languageManifestSchema>

/**
 * Reads the manifest of the language model in a folder; null where there is none.
 *
 * @throws ZodError where the file is no manifest of a language model
 */
export function readLanguageManifest(folder: string): LanguageManifest | null {
  const path = join(folder, 'manifest.json')
  return existsSync(path) ? languageManifestSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : null
}
