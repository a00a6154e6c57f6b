"""Colours, sizes, sides and styles."""

from .words import split

COLORS = split({
    "red": "red, crimson, scarlet, ruby, cherry red, blood red, vermilion, carmine, bright red, dark red, maroon, burgundy, cardinal red, reddish, wine red, rusty red, cerise",
    "orange": "orange, tangerine orange, amber, apricot colored, pumpkin orange, coral, carrot colored, orangey, bright orange, burnt orange, peach colored, terracotta, ginger",
    "gold": "gold, golden, gilded, brass, metallic gold, bronze, ochre, shiny gold, mustard, caramel, honey colored",
    "yellow": "yellow, lemon yellow, sunny yellow, bright yellow, canary yellow, blonde, golden yellow, yellowish, pale yellow, butter yellow, cream yellow",
    "green": "green, emerald, lime, olive, forest green, grass green, bright green, dark green, jade, mint, moss green, greenish, leafy green, pea green, light green, sage, pistachio, chartreuse",
    "teal": "teal, turquoise, cyan, aqua, sea green, aquamarine, verdigris, petrol blue, blue green, peacock blue, dark cyan",
    "light blue": "light blue, pale blue, sky blue, baby blue, powder blue, pastel blue, ice blue, soft blue, bright blue, cornflower blue",
    "blue": "blue, navy, azure, cobalt, sapphire, royal blue, dark blue, deep blue, ultramarine, indigo, navy blue, bluish, denim blue, cerulean, midnight blue",
    "purple": "purple, violet, lilac, lavender, plum colored, mauve, amethyst, magenta, deep purple, purplish, aubergine, grape purple, dark purple, royal purple",
    "pink": "pink, hot pink, rosy, salmon pink, blush, fuchsia, rose pink, bubblegum, pastel pink, pinkish, pale pink, candy pink, light pink",
    "brown": "brown, chocolate, chestnut brown, coffee colored, tan, beige, mahogany, sepia colored, wooden, dark brown, light brown, brownish, hazel, cinnamon, copper, khaki, rust colored, tawny",
    "white": "white, ivory, pearl, snow white, milky, cream, pale, creamy, pure white, chalky, bright white, whitish, porcelain, alabaster",
    "gray": "gray, grey, silver, ash gray, slate, silvery, charcoal gray, steel gray, metallic gray, pewter, dark gray, light gray, greyish, iron, stone gray",
    "black": "black, ebony, jet black, coal black, raven black, onyx, charcoal, pitch black, inky black, blackish, obsidian, dark black",
})

SIZES = split({
    "small": "small, little, tiny, mini, miniature, petite, wee, minuscule, compact, teeny, undersized, distant, faraway, diminutive, dainty, toy sized",
    "medium": "medium, medium sized, average, normal, regular, ordinary sized, mid sized",
    "large": "large, big, huge, giant, enormous, great, massive, gigantic, towering, colossal, immense, oversized, vast, grand, gargantuan, mighty, tall, close up, hulking",
})

POSITIONS = split({
    "left": "on the left, to the left, at left, on the left side, left side, left, on the left hand side, leftmost",
    "center": "in the middle, in the center, at the center, centered, in the centre, middle, front and center, central",
    "right": "on the right, to the right, at right, on the right side, right side, right, on the right hand side, rightmost",
})

#: How a picture is made; each can stand first ("... of a cat") or last.
STYLES = split({
    "plain": "picture, image, illustration, drawing, cartoon, clipart, digital art, artwork, vector art, photo, photograph, render, icon, graphic, sticker",
    "watercolor": "watercolor, watercolour, watercolor painting, watercolour painting, aquarelle, gouache, wash painting, painting, wet on wet, soft watercolor, ink wash, impressionist, monet, brush painting",
    "storybook": "storybook illustration, storybook, children's book illustration, fairy tale illustration, picture book, crayon drawing, colored pencil, storybook style, nursery book, pastel drawing, crayon, kids drawing, cosy illustration",
    "pencil": "pencil sketch, pencil drawing, pencil, sketch, graphite, line drawing, line art, charcoal drawing, etching, ink drawing, hatching, monochrome sketch, doodle, scribble, engraving, coloring page",
    "pixel art": "pixel art, 8 bit, 8-bit, pixel, pixels, pixelated, retro game, video game sprite, 16 bit, sprite, pixel style, game boy, arcade game, low resolution, minecraft",
    "paper cut": "paper cut, papercut, paper craft, paper cutout, cut paper, paper art, layered paper, collage, origami, paper collage, construction paper, cutout, paper sculpture, diorama",
    "stained glass": "stained glass, stained glass window, church window, glass mosaic, mosaic, cathedral window, leaded glass, tiffany glass, glass art, tiles, window pane art",
    "risograph": "risograph, riso, riso print, halftone, risograph print, screen print, pop art, comic book, comic, halftone dots, silkscreen, poster print, benday dots, newspaper print, lithograph",
    "neon": "neon, neon sign, neon lights, neon glow, cyberpunk, glowing, synthwave, blacklight, vaporwave, neon style, luminous, fluorescent, electric, neon outline, led lights, laser light, glow in the dark, tron",
    "noir": "noir, film noir, black and white, black and white photo, monochrome, noir film, dramatic shadows, chiaroscuro, high contrast, noir style, greyscale, grayscale, detective film, moody black and white",
    "vintage": "vintage, vintage photo, sepia, sepia photo, old photo, retro photo, antique, retro, aged, old photograph, faded photo, nostalgic, daguerreotype, old fashioned, victorian, 1900s photo, polaroid, historic",
})
