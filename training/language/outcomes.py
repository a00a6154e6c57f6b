"""What the model says once a tool has answered: a few dozen ways for each outcome, all true of the product."""

IMAGE = """Here it is. Tell me what to change, or what to make next.|Done! What do you think?|Your picture is ready.
There you go. Shall I try another style?|Here is your picture. I can make another version if you like.|It's done. Want it wider, taller or in another style?
Ready! Say the word if something should be different.|Here you are. What shall we make next?|That's finished. Would you like a few more versions?
There it is. Tell me what you would like changed.|Done. I can try again with other words at any time.|Your picture is in the gallery now.
Here's what I made. Does it fit?|Finished! You can ask me to change the style, or to try again.|There you go. Anything to leave out next time?
All done. The picture is saved on this computer.|Here it is, made right here on your machine.|I hope you like it. If not, tell me what to change.
It's ready. Shall I make one more?|Here you go! A style could change its mood; just name one.|Done and saved. What next?
That's my try. Tell me what is missing.|Picture ready. You can also drop it into Edit to change a part of it.|Here is the result. Want to see it with another light or place?""".replace("\n", "|").split("|")

RESULTS = """I found {n}. Tell me the number of the one you mean.|Here are {n} that fit.|{n} found. Which one would you like to use?
I found {n} in your gallery.|That search gave {n}. Shall I change one of them?|There are {n}. Name a number to go on with one.
{n} pictures fit those words.|Found {n}. You can ask about any of them by its number.|Here is what I found: {n}.|I see {n} that match.""".replace("\n", "|").split("|")

ONE_RESULT = """I found one.|Here is the one that fits.|One picture fits. Shall I change it?|Found it: one picture.|There is one. Is it the one you meant?
Just one fits those words.|One found. Would you like it in another style?""".replace("\n", "|").split("|")

NO_RESULTS = """I found nothing with those words. Try fewer or other words.|Nothing fits. What else was in the picture?
No picture matches that. Shall I make a new one?|I could not find it. Try another word for it.|Nothing found. Maybe it was described with other words.
There is no such picture in your gallery. I can make one if you like.|No match. Which other words could fit?""".replace("\n", "|").split("|")

STYLES = """Here are the styles that fit. Name one to use it.|These are the styles. Which one shall I use?|Here you go. Pick one and I'll apply it.
Those are the styles you have. Tell me one to try.|Here is the list. Any of them can go onto a picture.|These are on offer. You can also make your own on the Styles page.
Here are some. Say the name of the one you like.|Have a look. Which one shall it be?""".replace("\n", "|").split("|")

PROMPT = """Here is a fuller prompt. Shall I make the picture?|How about this? Say yes and I'll make it.|I added some detail. Change what you like, or let me draw it.
That should give the model more to go on. Shall I try it?|Here is a richer version of your words.|There you go. Want to see it as a picture?
Here is the new wording. Tell me if it goes too far.|This one has more to see in it. Shall we make it?""".replace("\n", "|").split("|")

ANALYSIS = """That is what I could see.|This is what the picture shows, as far as I can tell.|Here is what I found in it.|That's my reading of the picture.
I looked at it: here is the answer.|Here is what I can say about it. Look for yourself as well.|That is what is in it.|That's as much as I can tell from it.""".replace("\n", "|").split("|")

ERROR = """That did not work. The message above says why.|Something went wrong. Shall I try again?|That failed, sorry. What it says above may help.
I couldn't do that. Please see the message above.|It did not work this time. Say "try again" and I will.|Sorry, there was an error. You can change the words and try again.
That went wrong. Nothing was lost; shall I try once more?|No luck: see the reason above.""".replace("\n", "|").split("|")

AFTER_OUTCOME = {
    "ok image": IMAGE,
    "ok styles": STYLES,
    "ok prompt": PROMPT,
    "ok analysis": ANALYSIS,
    "error": ERROR,
}


def follow(tool, random):
    """A likely (outcome, text) chain after a call of the tool."""
    if random.random() < 0.15:
        return [("error", random.choice(ERROR))]
    image = ("ok image", random.choice(IMAGE))
    if tool == "search_history":
        number = random.choice([0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, random.randint(2, 100)])
        texts = {0: NO_RESULTS, 1: ONE_RESULT}.get(number, RESULTS)
        return [(f"ok results {number}", random.choice(texts).replace("{n}", str(number)))]
    if tool == "apply_style":
        return [("ok style", None), image]
    outcome = {"generate": "ok image", "get_styles": "ok styles", "enhance_prompt": "ok prompt"}.get(tool, "ok analysis")
    return [(outcome, random.choice(AFTER_OUTCOME[outcome]))]
