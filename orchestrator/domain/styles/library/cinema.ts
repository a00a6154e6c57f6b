import { category } from './library-style.ts'

export const cinema = category('Cinema', [
  [
    'cinematic',
    'Cinematic',
    'A still from a large film.',
    'cinematic film still of {prompt}, anamorphic lens, motivated light, teal shadows and warm highlights, shallow focus',
    'snapshot, flat lighting, text, watermark',
    'landscape',
  ],
  ['film-noir', 'Film noir', 'Black and white, hard light, deep shadows.', '{prompt}, film noir', ''],
  [
    'silent-film',
    'Silent film',
    'Flicker and grease paint of the twenties.',
    'silent film frame of {prompt}, 1920s, orthochromatic black and white, vignette, scratches and dust, theatrical pose',
    'colour, modern set, clean image',
    'landscape',
  ],
  [
    'space-opera',
    'Space opera',
    'Huge ships and far suns.',
    '{prompt}, epic space opera scene, colossal scale, starlight and engine glow, painted backdrop grandeur',
    'small scale, mundane setting',
    'landscape',
  ],
  [
    'dark-fantasy',
    'Dark fantasy',
    'Cold mist, old stone, little hope.',
    'dark fantasy scene of {prompt}, cold mist, weathered stone, torchlight, muted palette, ominous mood',
    'cheerful, saturated colours, modern objects',
  ],
  ['neon', 'Neon', 'A glowing city of the night.', '{prompt}, neon glow', ''],
  [
    'dream-haze',
    'Dream haze',
    'Soft, pale and half remembered.',
    '{prompt}, dreamlike haze, pale pastel light, soft bloom, floating dust, gentle surrealism',
    'hard shadows, gritty, high contrast',
  ],
])
