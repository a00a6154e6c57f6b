import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, expectSoon } from '../../support/browser.ts'
import { tabTo } from '../../support/browser-keyboard.ts'
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

const drawing = () =>
  sharp({ create: { width: 48, height: 48, channels: 3, background: '#0d9488' } })
    .png()
    .toBuffer()

describe.skipIf(browserPath === undefined)('writing to the assistant (needs CHROMIUM_PATH)', () => {
  let bench: ChatBench

  beforeAll(async () => void (bench = await startChatBench()))
  afterAll(() => bench.close())

  test('[chat-commands] the menu opens with a slash, and its commands say sentences', async () => {
    bench.model.script([{ say: 'Yes.' }])
    const page = await bench.open()
    const prompt = promptOf(page)
    await prompt.fill('/')
    const menu = page.getByRole('listbox', { name: 'Commands' })
    expect(await menu.getByRole('option').count()).toBe(8)
    await prompt.fill('/sty')
    expect(await menu.getByRole('option').allInnerTexts()).toHaveLength(2)
    await prompt.press('ArrowDown')
    await prompt.press('Enter')
    expect(await prompt.inputValue()).toBe('/style ')
    await prompt.pressSequentially('oil painting')
    await prompt.press('Enter')
    await questions(page).getByText('Make it oil painting').waitFor()
    await settled(page)
    await prompt.fill('/')
    await prompt.press('Escape')
    await expectSoon(() => menu.count()).toBe(0)
    await prompt.fill('/paint a boat')
    await prompt.press('Enter')
    await page.getByText('There is no command /paint.').waitFor()
    expect(await questions(page).count()).toBe(1)
    await prompt.fill('/help')
    await prompt.press('Enter')
    await page.getByRole('dialog', { name: 'What you can say' }).waitFor()
    await page.keyboard.press('Escape')
    await prompt.fill('/new')
    await prompt.press('Enter')
    await page.getByRole('list', { name: 'Examples' }).waitFor()
  })

  test('[chat-keyboard] the keyboard alone asks for a picture, edits the question and answers again', async () => {
    bench.model.script([makes('a green tree'), { say: 'A tree.' }])
    const page = await bench.open()
    // The prompt has the focus from the beginning.
    await expectSoon(() => promptOf(page).evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type('draw a green tree')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('please')
    await page.keyboard.press('Enter')
    await answers(page).getByText('A tree.').waitFor({ timeout: 90_000 })
    await settled(page)
    await expectSoon(() => page.locator('[role="status"][aria-live="polite"]').last().innerText()).toBe(
      'A tree.',
    )
    bench.model.script([{ say: 'Once more.' }])
    await tabTo(page, answers(page).getByRole('button', { name: 'Answer again' }), 'Shift+Tab')
    await page.keyboard.press('Enter')
    await answers(page).getByText('Once more.').waitFor()
    await settled(page)
    await tabTo(page, promptOf(page))
    await tabTo(page, questions(page).getByRole('button', { name: 'Edit the message' }), 'Shift+Tab')
    await page.keyboard.press('Enter')
    const field = page.getByRole('textbox', { name: 'Your message' })
    await expectSoon(() => field.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    await expectSoon(() => field.count()).toBe(0)
    await questions(page).getByText('draw a green tree').waitFor()
  })

  test('[chat-attach] a chosen picture goes with the message, and can be taken off before', async () => {
    bench.model.script([{ say: 'A teal square.' }])
    const page = await bench.open()
    const file = { name: 'square.png', mimeType: 'image/png', buffer: await drawing() }
    const choose = async () => {
      const dialog = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Attach a picture' }).click()
      await (await dialog).setFiles(file)
    }
    await choose()
    const strip = page.getByRole('list', { name: 'Pictures that go with the message' })
    await strip.getByRole('button', { name: 'Remove square.png' }).click()
    await expectSoon(() => strip.count()).toBe(0)
    await choose()
    await strip.getByRole('img', { name: 'square.png' }).waitFor()
    await sayOn(page, 'describe this picture')
    await questions(page).getByRole('img', { name: 'square.png' }).waitFor()
    await answers(page).getByText('A teal square.').waitFor()
    await page.reload()
    const shown = questions(page).getByRole('img', { name: 'square.png' })
    await expectSoon(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(48)
    expect(await strip.count()).toBe(0)
  })

  test('[chat-attach] a picture is dropped in; what is no picture is refused with a reason', async () => {
    const page = await bench.open()
    await promptOf(page).waitFor()
    const drop = async (type: string, bytes: Buffer) => {
      const transfer = await page.evaluateHandle(
        ([media, base64]) => {
          const data = Uint8Array.from(atob(base64 ?? ''), (sign) => sign.codePointAt(0) ?? 0)
          const carried = new DataTransfer()
          carried.items.add(new File([data], 'dropped.png', { type: media ?? '' }))
          return carried
        },
        [type, bytes.toString('base64')],
      )
      await page.getByRole('log').dispatchEvent('dragover', { dataTransfer: transfer })
      await page.getByText('Drop the picture to speak about it').waitFor()
      await page.getByRole('log').dispatchEvent('drop', { dataTransfer: transfer })
    }
    await drop('image/png', await drawing())
    await page.getByRole('img', { name: 'dropped.png' }).waitFor()
    await drop('image/png', Buffer.from('no picture at all'))
    await page.getByText('This picture cannot be used.').first().waitFor()
    expect(await page.getByRole('img', { name: 'dropped.png' }).count()).toBe(1)
  })

  test('[chat-stream] what was being written outlives a reload', async () => {
    const page = await bench.open()
    await promptOf(page).fill('half a sente')
    await page.reload()
    await expectSoon(() => promptOf(page).inputValue()).toBe('half a sente')
  })
})
