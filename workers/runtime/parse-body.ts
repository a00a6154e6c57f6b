import type { z } from 'zod'
import { ProductError } from '../../contracts/errors.ts'

/**
 * Checks a request's body.
 *
 * @throws ProductError `invalid_input`, whose details name each wrong field and what is wrong with it
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const checked = schema.safeParse(body)
  if (checked.success) return checked.data
  const fields = checked.error.issues.map((issue) => ({
    field: issue.path.join('.'),
    problem: issue.message,
  }))
  throw new ProductError('invalid_input', undefined, { details: { fields } })
}
