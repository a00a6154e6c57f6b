import type { z } from 'zod'
import { ProductError } from '../../contracts/errors.ts'

/**
 * Checks input from outside against a schema.
 *
 * @throws ProductError `invalid_input`; its message and `details.fields` name each field that is wrong and why
 */
export function checkInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const checked = schema.safeParse(input)
  if (checked.success) return checked.data
  const fields = checked.error.issues.flatMap((issue) => describe(issue))
  const summary = fields
    .map(({ field, message }) => (field === '' ? message : `${field}: ${message}`))
    .join(' ')
  throw new ProductError('invalid_input', summary, { details: { fields } })
}

function describe(issue: z.core.$ZodIssue): { field: string; message: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: [...issue.path, key].join('.'),
      message: 'There is no such field.',
    }))
  }
  return [{ field: issue.path.join('.'), message: asSentence(issue.message) }]
}

function asSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`
}
