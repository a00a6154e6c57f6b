"""Words that people write and that change nothing: training strews them in, so that they do no harm."""

ADJECTIVES = tuple((
    "beautiful, lovely, pretty, cute, adorable, charming, nice, funny, happy, sad, old, young, new, magical, mystical, ancient, modern, famous, "
    "friendly, brave, lonely, sleepy, curious, elegant, majestic, simple, fancy, quiet, peaceful, calm, wild, gentle, strange, mysterious, "
    "colorful, vivid, detailed, stunning, gorgeous, epic, fantastic, wonderful, amazing, perfect, delightful, dreamy, whimsical, playful, "
    "soft, fluffy, furry, round, shiny, smooth, cozy, cosy, warm, cool, sweet, fresh, clean, dirty, rusty, dusty, broken, abandoned, haunted, "
    "creepy, scary, spooky, angry, clever, lazy, proud, shy, silly, noble, royal, rustic, quaint, handsome, fierce, hungry, thirsty, "
    "tired, joyful, cheerful, merry, grumpy, wise, fast, slow, quick, strong, weak, heavy, light hearted, rich, poor, lucky, legendary, enchanted, "
    "traditional, futuristic, minimal, minimalist, realistic, surreal, abstract, festive, solitary, single, lone, favourite, favorite, special, "
    "popular, classic, typical, unusual, weird, odd, plump, slender, skinny, chubby, fat, sturdy, fragile, delicate, ornate, striped, spotted"
).split(", "))

VERBS = tuple((
    "sitting, standing, resting, waiting, sleeping, playing, running, walking, flying, swimming, floating, drifting, sailing, driving, looking, "
    "smiling, dancing, jumping, watching, hiding, traveling, shining, growing, blooming, moving, lying, posing, dreaming, singing, eating, drinking, "
    "relaxing, wandering, exploring, staring, racing, chasing, laughing, reading, hunting, climbing, rolling, spinning, gliding, hovering, parked, "
    "perched, placed, seen, alone, is, stands, sits, rests, waits, sleeps, floats, flies, swims, plays, glows softly, appears"
).split(", "))

#: What people put after or before everything else.
TAGS = tuple((
    "masterpiece, highly detailed, best quality, high quality, 4k, 8k, hd, intricate, award winning, trending, professional, sharp focus, "
    "cinematic, concept art, centered composition, wallpaper, beautiful composition, ultra detailed, unreal engine, octane render, depth of field, "
    "studio quality, fine art, hyperrealistic, photorealistic, bokeh, wide angle, portrait, landscape, scenery, background, view, composition, "
    "volumetric lighting, soft lighting, natural lighting, vibrant colors, bright colors, muted colors, fantasy, adventure, mood, atmosphere, "
    "peaceful mood, simple background, for children, by a famous artist, in the style of a master, please, my favorite, very nice, so cute"
).split(", "))

OPENINGS = ("", "", "", "", "", "a picture of", "a drawing of", "an image of", "please draw", "show me", "draw", "make", "paint", "create", "i want", "a scene with", "a view of", "there is", "imagine", "generate")
JOINS = ("and", "and", "next to", "beside", "with", "by", "near", "and also", "together with", "alongside", ",")
