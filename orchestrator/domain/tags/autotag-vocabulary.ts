/**
 * Words that make good tags, for galleries that have none yet: subjects, places, light, mood and manner. Each stands for
 * itself alone; plurals are other words.
 */
export const autotagVocabulary: readonly string[] = `
animal bear bee bird butterfly cat cow deer dog dolphin dragon eagle elephant fish flower fox frog horse insect lion
mountain mouse owl penguin rabbit shark sheep snake tiger turtle unicorn whale wolf tree forest grass garden leaf rose
sunflower mushroom bamboo palm
person portrait woman man girl boy child baby family crowd couple knight wizard witch princess king queen warrior
astronaut robot angel alien monster skeleton
house castle tower bridge city street village church temple ruins lighthouse windmill barn cabin skyscraper market
library kitchen bedroom cafe restaurant school harbor
boat ship sailboat car train bicycle motorcycle airplane balloon rocket spaceship bus truck tractor tram
sea ocean lake river waterfall beach island desert valley canyon cave field meadow hill jungle swamp volcano glacier
sky cloud rain snow storm fog mist rainbow lightning sunset sunrise night moon star sun aurora galaxy space
spring summer autumn winter
food fruit apple bread cake coffee tea wine book lamp chair table clock candle mirror window door umbrella mask crown
sword shield key guitar piano violin
black white red orange yellow green blue purple pink brown gray gold silver colorful monochrome pastel neon
watercolor sketch photo photograph illustration cartoon anime manga comic sculpture mosaic collage poster icon logo
pattern abstract minimalist surreal realistic fantasy cyberpunk steampunk gothic baroque impressionist cubist vintage
retro futuristic isometric silhouette macro landscape seascape cityscape closeup
`
  .trim()
  .split(/\s+/)
  .concat(
    'oil painting',
    'pixel art',
    'line art',
    'still life',
    'low poly',
    'black and white',
    'golden hour',
    'sci-fi',
  )
  .concat(
    'science fiction',
    'street photography',
    'art deco',
    'art nouveau',
    'pop art',
    'concept art',
    'double exposure',
  )
