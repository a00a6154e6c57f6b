import { describe, expect, it } from 'vitest'
import { LastWords } from '../../../workers/image/engines/embedded/last-words.ts'
import { LineReader } from '../../../workers/image/engines/embedded/line-reader.ts'

function readAll(chunks: string[], longest = 100): string[] {
  const lines: string[] = []
  const reader = new LineReader(longest, (line) => lines.push(line))
  for (const chunk of chunks) reader.push(Buffer.from(chunk))
  return lines
}

describe('the line reader', () => {
  it('puts lines together from chunks, and cuts chunks into lines', () => {
    expect(readAll(['a', 'b\nc\n\nd', 'e\n', 'rest'])).toEqual(['ab', 'c', '', 'de'])
  })

  it('keeps letters whole that fall between two chunks', () => {
    const lines: string[] = []
    const reader = new LineReader(100, (line) => lines.push(line))
    const bytes = Buffer.from('grün\n')
    reader.push(bytes.subarray(0, 3))
    reader.push(bytes.subarray(3))
    expect(lines).toEqual(['grün'])
  })

  it('refuses a line without an end', () => {
    expect(() => readAll(['12345', '678901'], 10)).toThrow(RangeError)
    expect(readAll(['12345', '67890\n12'], 10)).toEqual(['1234567890'])
  })
})

describe('last words', () => {
  it('are the end of what was said', () => {
    const words = new LastWords(10)
    words.add('far too long ago, ')
    words.add('the end')
    expect(words.toString()).toBe('o, the end')
  })

  it('leave out progress bars, colours and the search for GPU libraries', () => {
    const words = new LastWords()
    words.add('ggml_backend_load_best: trying to load x.so\n\r  |=====>   | 2/4 - 1.2s/it\u001b[K\n')
    words.add('\u001b[31mGGML_ASSERT(x) failed\u001b[0m\n\n')
    expect(words.toString()).toBe('GGML_ASSERT(x) failed')
  })
})
