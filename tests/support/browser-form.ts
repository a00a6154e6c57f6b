import type { Page } from 'playwright-core'

/** What a person enters on the Generate page. */
export interface Entries {
  readonly prompt: string
  readonly width?: number
  readonly height?: number
  readonly steps?: number
  readonly seed?: number
}

const labels = { width: 'Width', height: 'Height', steps: 'Steps', seed: 'Seed' } as const

/** Fills the form of the Generate page. A picture of 64 pixels is made soonest. */
export async function fillForm(page: Page, { prompt, ...numbers }: Entries): Promise<void> {
  const wanted = { width: 64, height: 64, ...numbers }
  await page.getByLabel('Prompt', { exact: true }).fill(prompt)
  for (const [name, value] of Object.entries(wanted)) {
    const field = page.getByLabel(labels[name as keyof typeof labels], { exact: true })
    await field.fill(String(value))
    await field.blur()
  }
}

/** What the form shows, by the labels of its fields. */
export async function readForm(page: Page): Promise<Record<string, string>> {
  const form = page.getByRole('form', { name: 'Settings of the picture' })
  const entered = ['Prompt', 'Negative prompt', 'Width', 'Height', 'Steps', 'Guidance', 'Seed'].map(
    async (name) => [name, await form.getByLabel(name, { exact: true }).inputValue()],
  )
  const chosen = ['Preset', 'Sampler', 'Scheduler'].map(async (name) => [
    name,
    await form.getByRole('combobox', { name }).innerText(),
  ])
  return Object.fromEntries(await Promise.all([...entered, ...chosen])) as Record<string, string>
}

/** Chooses a file where a button opens the system's file dialog. */
export async function chooseFile(
  page: Page,
  button: string,
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  const dialog = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button }).click()
  await (await dialog).setFiles(file)
}
