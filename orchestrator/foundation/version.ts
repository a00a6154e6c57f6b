import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from './paths.ts'

/** The version of the product, from package.json. */
export const productVersion = (
  JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string }
).version
