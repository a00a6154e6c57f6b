import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, expectSoon, patience } from '../../support/browser.ts'
import {
  answers,
  makes,
  promptOf,
  questions,
  sayOn,
  settled,
  startChatBench,
  type ChatBench,
} from '../../support/browser-chat.ts'

const story = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ')

describe.skipIf(browserPath === undefined)('turns of a conversation (needs CHROMIUM_PATH)', () => {
  let bench: ChatBench

  beforeAll(async () => void (bench = await startChatBench()))
  afterAll(() => bench.close())

  test('[chat-stop] stopping in the middle keeps what was said, and the next message is answered', async () => {
    bench.model.script([{ hangAfter: 'Once upon a time' }])
    const page = await bench.open()
    await sayOn(page, 'tell me a story')
    await answers(page).getByText('Once upon a time').waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await settled(page)
    await answers(page).getByText('Stopped.').waitFor()
    await page.reload()
    await answers(page).getByText('Once upon a time').waitFor()
    bench.model.script([{ say: 'Then it ended.' }])
    await sayOn(page, 'go on')
    await answers(page).getByText('Then it ended.').waitFor()
    expect(await answers(page).first().locator('.markdown').innerText()).toBe('Once upon a time')
  })

  test('[chat-stream] an answer goes on through a reload, once and whole', async () => {
    bench.model.script([{ say: story, pauseMs: 100 }])
    const page = await bench.open()
    await sayOn(page, 'tell me a long story')
    await answers(page).getByText('word3').waitFor()
    await page.reload()
    await answers(page).getByText('word3').waitFor()
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(1)
    await answers(page).getByText('word59').waitFor(patience)
    await settled(page)
    expect(await answers(page).locator('.markdown').allInnerTexts()).toEqual([story])
  })

  test('[chat-stream] a picture goes on through a reload', async () => {
    bench.model.script([makes('a castle', { width: 128, height: 128, steps: 30 }), { say: 'A castle.' }])
    const page = await bench.open()
    await sayOn(page, 'draw a castle')
    const picture = page.getByRole('article', { name: 'Picture 1: a castle' })
    await picture.getByText(/^Drawing/).waitFor(patience)
    await page.reload()
    await picture.getByText(/^Drawing/).waitFor(patience)
    await answers(page).getByText('A castle.').waitFor(patience)
    expect(await page.getByRole('article', { name: /^Picture/ }).count()).toBe(1)
    await picture.getByRole('link', { name: /^Open in the gallery/ }).waitFor()
  })

  test('[chat-stream] another tab shows the same answer as it comes', async () => {
    bench.model.script([{ say: story, pauseMs: 50 }])
    const page = await bench.open()
    await sayOn(page, 'and again')
    await answers(page).getByText('word1').first().waitFor()
    const other = await page.context().newPage()
    await other.goto(bench.product.url)
    await answers(other).getByText('word2').first().waitFor()
    await answers(other).getByText('word59').waitFor(patience)
    await settled(other)
    bench.model.script([{ say: 'From the other tab.' }])
    await sayOn(other, 'hello')
    await answers(page).getByText('From the other tab.').waitFor()
    expect(await answers(page).count()).toBe(2)
    await other.close()
  })

  test('[chat-edit] a message is said anew, and what followed is replaced', async () => {
    bench.model.script([{ say: 'first answer' }])
    const page = await bench.open()
    await sayOn(page, 'a cat')
    await answers(page).getByText('first answer').waitFor()
    await settled(page)
    await sayOn(page, 'and a dog')
    await expectSoon(() => answers(page).count()).toBe(2)
    await settled(page)
    bench.model.script([{ say: 'about the fox' }])
    await questions(page).first().hover()
    await questions(page).first().getByRole('button', { name: 'Edit the message' }).click()
    const field = page.getByRole('textbox', { name: 'Your message' })
    await field.fill('a fox')
    await field.press('Enter')
    await answers(page).getByText('about the fox').waitFor()
    await settled(page)
    expect(await questions(page).allInnerTexts()).toEqual(['a fox'])
    await page.reload()
    await answers(page).getByText('about the fox').waitFor()
    expect(await questions(page).allInnerTexts()).toEqual(['a fox'])
  })

  test('[chat-edit] an answer is made anew in its place', async () => {
    bench.model.script([{ say: 'one' }])
    const page = await bench.open()
    await sayOn(page, 'say something')
    await answers(page).getByText('one', { exact: true }).waitFor()
    await settled(page)
    bench.model.script([{ say: 'two' }])
    await answers(page).getByRole('button', { name: 'Answer again' }).click()
    await answers(page).getByText('two', { exact: true }).waitFor()
    await settled(page)
    expect(await answers(page).locator('.markdown').allInnerTexts()).toEqual(['two'])
  })

  test('[chat-approval] deleting waits for a yes, and a no leaves the picture', async () => {
    bench.model.script([makes('a red heart'), { say: 'A heart.' }])
    const page = await bench.open()
    await sayOn(page, 'draw a red heart')
    await answers(page).getByText('A heart.').waitFor(patience)
    await settled(page)
    const picture = page.getByRole('article', { name: 'Picture 1: a red heart' })
    const deletes = { calls: [{ name: 'delete_generation', arguments: { generation: '1' } }] }

    bench.model.script([deletes, { say: 'It stays.' }])
    await sayOn(page, 'delete it')
    const question = page.getByRole('group', { name: 'The assistant asks you' })
    await question.getByRole('button', { name: 'Do not' }).click()
    await answers(page).getByText('It stays.').waitFor()
    await settled(page)
    await picture
      .getByRole('button', { name: 'Download' })
      .or(picture.getByRole('link', { name: 'Download' }))
      .waitFor()

    bench.model.script([deletes, { say: 'It is gone.' }])
    await sayOn(page, 'delete it now')
    await question.waitFor()
    await page.reload()
    await question.getByRole('button', { name: 'Allow it' }).click()
    await answers(page).getByText('It is gone.').waitFor()
    await picture.getByText('This picture is in the bin.').waitFor()
    await expectSoon(() => question.count()).toBe(0)
    expect(await promptOf(page).isEnabled()).toBe(true)
  })
})
