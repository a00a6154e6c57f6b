import { category } from './library-style.ts'

export const painting = category('Painting', [
  ['watercolor', 'Watercolor', 'Thin washes that run into the paper.', '{prompt}, watercolor painting', ''],
  [
    'oil-painting',
    'Oil painting',
    'Thick paint with the brush still in it.',
    'oil painting of {prompt}, thick impasto brushwork, rich layered colour, canvas texture, warm varnish',
    'photo, flat vector, smooth gradients',
  ],
  [
    'gouache',
    'Gouache',
    'Flat, chalky, opaque colour.',
    'gouache painting of {prompt}, flat opaque shapes, chalky matte surface, limited palette, visible edges',
    'glossy, photo, fine detail',
  ],
  [
    'impressionism',
    'Impressionism',
    'Light in short broken strokes.',
    'impressionist painting of {prompt}, short broken strokes, shimmering light, colour in the shadows, open air',
    'black outlines, photo, smooth blending',
    'landscape',
  ],
  [
    'dutch-still-life',
    'Old master',
    'Dark ground, one window, quiet gold.',
    'baroque painting of {prompt}, dark background, single window light, chiaroscuro, fine glazes, aged craquelure',
    'bright background, modern objects, flat lighting',
  ],
  [
    'ink-wash',
    'Ink wash',
    'Grey washes, much empty paper.',
    'ink wash painting of {prompt}, wet brush, fading greys, generous empty space, rice paper, few strokes',
    'bright colours, clutter, outlines everywhere',
    'portrait',
  ],
  [
    'fresco',
    'Fresco',
    'Faded colour on a cracked wall.',
    'fresco of {prompt}, earth pigments on lime plaster, hairline cracks, faded patches, flat perspective',
    'glossy, neon, photo',
  ],
  [
    'abstract',
    'Abstract',
    'Shape and colour, hardly the thing itself.',
    'abstract painting of {prompt}, reduced to bold shapes, balanced colour fields, confident brush marks',
    'photo, realistic detail, text',
    'square',
  ],
])
