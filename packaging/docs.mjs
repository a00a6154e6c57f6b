/**
 * `npm run docs`: writes the pages of docs/ that follow from the contracts. A test fails while they are not current.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './bootstrap.mjs'
import { referencePages } from './docs/reference.mjs'

for (const { path, text } of await referencePages()) {
  writeFileSync(join(projectRoot, path), text)
  console.log(path)
}
