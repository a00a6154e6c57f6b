import { describe, expect, test } from 'vitest'
import {
  commandsLike,
  parseCommand,
  slashCommands,
} from '../../../../ui/features/chat/prompt/slash-commands.ts'

describe('slash commands', () => {
  test.each([
    ['/generate a red boat', 'Draw a red boat'],
    ['/GENERATE  a red boat ', 'Draw a red boat'],
    ['/styles', 'Show me the styles'],
    ['/styles ink', 'Show me styles like ink'],
    ['/style oil painting', 'Make it oil painting'],
    ['/enhance a boat', 'Improve this prompt: a boat'],
    ['/search red hearts', 'Find red hearts'],
    ['/describe', 'Describe the last image'],
    ['/describe #2', 'Describe image 2'],
  ])('[chat-commands] %s says a plain sentence', (typed, sentence) => {
    expect(parseCommand(typed)).toEqual({ kind: 'ready', outcome: { say: sentence } })
  })

  test('[chat-commands] what the page does itself is said to nobody', () => {
    expect(parseCommand('/new')).toEqual({ kind: 'ready', outcome: { act: 'new' } })
    expect(parseCommand('/help')).toEqual({ kind: 'ready', outcome: { act: 'help' } })
  })

  test('[chat-commands] a command that lacks its words, and one that does not exist, are not sent', () => {
    expect(parseCommand('/generate')).toMatchObject({
      kind: 'unfinished',
      hint: expect.stringMatching(/needs/),
    })
    expect(parseCommand('/paint a boat')).toMatchObject({
      kind: 'unfinished',
      hint: expect.stringMatching(/no command \/paint/),
    })
  })

  test('[chat-commands] a sentence, a date and a path are no commands', () => {
    for (const text of ['a boat', 'draw 1/2 a boat', '/', '/2026', '/home/me/boat.png'])
      expect(parseCommand(text), text).toBeNull()
  })

  test('[chat-commands] the menu narrows while a name is typed and ends with it', () => {
    expect(commandsLike('/')).toHaveLength(slashCommands.length)
    expect(commandsLike('/st').map(({ name }) => name)).toEqual(['styles', 'style'])
    expect(commandsLike('/style ')).toEqual([])
    expect(commandsLike('a /style')).toEqual([])
  })
})
