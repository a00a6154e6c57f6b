import { readFileSync } from 'node:fs'
import { configSchema, type Config } from '../../contracts/config.ts'
import { ProductError } from '../../contracts/errors.ts'

/**
 * Reads `config.json`; a file that is not there means every default.
 *
 * @param overrides what the command line says, stronger than the file
 * @throws ProductError `invalid_config` naming each field that is wrong
 */
export function readConfiguration(path: string, overrides: Partial<Config> = {}): Config {
  const checked = configSchema.safeParse({ ...parseFile(path), ...overrides })
  if (checked.success) return checked.data
  const problems = checked.error.issues.map(
    (issue) => `${issue.path.join('.') || 'config'}: ${issue.message}`,
  )
  throw new ProductError(
    'invalid_config',
    `The configuration in ${path} is not valid: ${problems.join('; ')}.`,
    {
      details: { problems },
    },
  )
}

function parseFile(path: string): object {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new ProductError('invalid_config', `The configuration ${path} cannot be read.`, { cause: error })
  }
  const content = parseJson(text, path)
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content
  throw new ProductError('invalid_config', `The configuration ${path} is not a JSON object.`)
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ProductError('invalid_config', `The configuration ${path} is not valid JSON.`, { cause })
  }
}
