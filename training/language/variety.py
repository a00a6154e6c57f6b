"""What people do to a sentence without meaning anything else: typos, case, politeness, filler words, emoji, punctuation."""

import string

BEFORE = """please |pls |hey |hey, |hi, |hi! |hello |ok |ok, |okay |okay so |so |um |uh |well |well, |now |and now |then |alright, |right, |yo |hmm |hmm, |
actually |actually, |oh and |great, |cool, |nice, |thanks, |lol |btw |good morning, |hey there |sorry, |dear assistant, |assistant, |yes, |no, |i said |quick one: |
one more thing: |question: |listen, |ok next: |sooo |excuse me, |hey buddy |MystiCanvas, |for me, |again: |just |could be fun: """.replace("\n", "").split("|")
AFTER = """ please| pls| plz| thanks| thank you| thx| if you can| if possible| for me| now| asap| ok?| okay?| lol| haha| :)| ;)| <3|!|!!|!!!|.|..|...|?|??| 🙏| 😊| 😅| 🎨| ✨|
 please?| please and thank you| when you have a moment| cheers| mate| man| dude| quickly| right now| would you| , thanks|, please| i guess| or something""".replace("\n", "").split("|")
NEIGHBOURS = dict(
    zip("qwertyuiopasdfghjklzxcvbnm", "wa qes wrd etf ryg tuh yij uok ipl ol qsz adwx sfe dgr fht gjy hku jli ko asx zdc xfv cgb vhn bjm nk".split())
)
# Situations in which the same words mean the same.
CHANGEABLE = {
    "none": ["after_image", "after_results", "after_styles", "after_error"],
    "after_image": ["after_results", "after_styles", "after_error"],
    "after_results": ["after_image"],
}


def typo(line, random):
    letters = [i for i, letter in enumerate(line.text) if letter in NEIGHBOURS]
    if len(letters) < 4:
        return
    at = random.choice(letters)
    letter = line.text[at]
    kind = random.random()
    if kind < 0.3:
        line.replace(at, at + 1, "")
    elif kind < 0.5:
        line.replace(at, at + 1, letter * 2)
    elif kind < 0.75:
        line.replace(at, at + 1, random.choice(NEIGHBOURS[letter]))
    elif at + 1 < len(line.text) and line.text[at + 1] in string.ascii_lowercase:
        line.replace(at, at + 2, line.text[at + 1] + letter)


def recase(line, random):
    chance = random.random()
    text = line.text
    if chance < 0.3:
        text = text.lower()
    elif chance < 0.42:
        text = text[:1].upper() + text[1:]
    elif chance < 0.44:
        text = text.upper()
    if len(text) == len(line.text):  # a few letters change their length with their case: those lines stay as they are
        line.text = text


def keeps_meaning_elsewhere(line):
    """Whether the words carry their meaning alone: a bare description after a picture may be a style."""
    if line.tool in ("generate", "search_history", "enhance_prompt", "get_styles"):
        covered = max((end - start for start, end in line.spans.values()), default=0)
        return len(line.text) - covered > 8 and covered > 0 and len(line.text.split()) > 3
    return line.tool in ("analyze_image", "apply_style")


def at_end(line, text):
    """Adds to the end, outside of any span that ends there."""
    end = len(line.text)
    spans = dict(line.spans)
    line.replace(end, end, text)
    line.spans = {name: span if span[1] <= end else (span[0], end) for name, span in line.spans.items()} | {
        name: span for name, span in spans.items() if span[1] == end
    }


def at_start(line, text):
    line.text = text + line.text
    line.spans = {name: (start + len(text), end + len(text)) for name, (start, end) in line.spans.items()}


def vary(line, random):
    """Changes the line in place."""
    if random.random() < 0.15:
        line.text = line.text.replace("'", "’") if random.random() < 0.4 else line.text
    if random.random() < 0.15:
        for at in reversed([i for i, letter in enumerate(line.text) if letter in "'’"]):
            line.replace(at, at + 1, "")
    last = line.text[-1:]
    if random.random() < 0.2 and last in ".!?" and all(end < len(line.text) for _, end in line.spans.values()):
        line.text = line.text[:-1]
    if random.random() < (0.18 if line.tool != "reply" else 0.06):
        before = random.choice(BEFORE)
        if not (line.tool == "generate" and len(line.text.split()) < 3):
            at_start(line, before)
    if random.random() < (0.2 if line.tool != "reply" else 0.08):
        after = random.choice(AFTER)
        if not (after[0] in ".?!," and last in ".?!,:"):
            at_end(line, after)
    while random.random() < 0.12:
        typo(line, random)
    recase(line, random)
    if random.random() < 0.25 and line.situation in CHANGEABLE and keeps_meaning_elsewhere(line):
        line.situation = random.choice(CHANGEABLE[line.situation])
    line.text = line.text.strip() if not line.spans else line.text
    return line
