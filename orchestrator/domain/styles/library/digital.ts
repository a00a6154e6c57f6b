import { category } from './library-style.ts'

export const digital = category('Digital', [
  ['pixel-art', 'Pixel art', 'Few large pixels, few colours.', '{prompt}, 8-bit pixel art', '', 'square'],
  [
    'low-poly',
    'Low poly',
    'Built of plain facets.',
    'low poly 3d scene of {prompt}, flat-shaded triangles, clean silhouettes, soft ambient light',
    'photo, fine texture, outlines',
  ],
  [
    'isometric',
    'Isometric',
    'A small world seen from the corner.',
    'isometric diorama of {prompt}, thirty degree view, tidy miniature details, soft shadows, plain backdrop',
    'perspective distortion, close-up, photo',
    'square',
  ],
  [
    'flat-vector',
    'Flat vector',
    'Clean shapes for a screen.',
    'flat vector illustration of {prompt}, clean geometric shapes, restrained palette, no outlines, even colour',
    'photo, texture, gradients, lettering',
  ],
  [
    'anime',
    'Anime',
    'Cel colours and wide skies.',
    'anime background art of {prompt}, cel shading, luminous sky, crisp line work, expressive colour',
    'photo, 3d render, muddy colours',
    'landscape',
  ],
  [
    'vaporwave',
    'Vaporwave',
    'Pink grids and a setting sun.',
    'vaporwave artwork of {prompt}, magenta and cyan gradient sky, wireframe grid, chrome accents, 1980s nostalgia',
    'natural colours, rustic',
    'landscape',
  ],
  [
    'storybook',
    'Storybook',
    'For reading aloud in the evening.',
    "children's storybook illustration of {prompt}, gentle colours, rounded friendly shapes, cosy light, textured brush",
    'scary, photo, lettering',
  ],
])
