import { describe, expect, test } from 'vitest'
import {
  errorTable,
  fromErrorBody,
  ProductError,
  toErrorBody,
  type ErrorCode,
} from '../../../contracts/errors.ts'
import { ConnectionFailure, describeBody, describeFailure } from '../../../ui/api/failure.ts'

describe('the words of a failure', () => {
  test('say what happened and what to do, each once, for every code of the table', () => {
    for (const code of Object.keys(errorTable) as ErrorCode[]) {
      const words = describeFailure(fromErrorBody(toErrorBody(new ProductError(code), 'r1')))
      expect(words).toEqual({
        what: errorTable[code].summary,
        advice: errorTable[code].advice,
        requestId: 'r1',
      })
    }
  })

  test('keep what is more exact than the table', () => {
    const error = toErrorBody(new ProductError('model_file_missing', 'The file boats.gguf is gone.'), null)
    expect(describeBody(error)).toEqual({
      what: 'The file boats.gguf is gone.',
      advice: errorTable.model_file_missing.advice,
      requestId: null,
    })
  })

  test('of a message that is nothing but advice are those of the table', () => {
    const { advice, summary } = errorTable.disk_full
    expect(describeBody({ code: 'disk_full', message: advice, request_id: null }).what).toBe(summary)
  })

  test('tell a server that does not answer from one that fails', () => {
    const words = describeFailure(new ConnectionFailure('The server cannot be reached.'))
    expect(words.what).toBe('MystiCanvas does not answer.')
    expect(words.requestId).toBeNull()
  })

  test('are there for anything that is thrown', () => {
    expect(describeFailure(new Error('The file could not be read.')).what).toBe('The file could not be read.')
    expect(describeFailure('what?').what).toBe(errorTable.internal_error.summary)
  })
})
