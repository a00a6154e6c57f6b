/** Inside the bundle: becomes `mysticanvas mcp` of the installation that the person named in the extension's settings. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [installation = '', dataFolder = ''] = process.argv.slice(2)
const program = join(installation, 'packaging', 'mysticanvas.mjs')

if (existsSync(program)) {
  process.argv = [process.execPath, program, 'mcp', '--data', dataFolder]
  await import(pathToFileURL(program).href)
} else {
  process.stderr.write(
    `MystiCanvas is not in ${installation}. Choose its folder in the settings of this extension.\n`,
  )
  process.exitCode = 1
}
