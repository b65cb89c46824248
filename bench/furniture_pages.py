"""Pages to train the furniture model on: real ones with labels, and ones made up of clean stories and notices."""

import difflib
import json
import random
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from index.readers.blocks import split_blocks

TOKEN = re.compile(r"\w+")
_NOT_STORY = re.compile(
    r"»|e-mail to a friend|all rights reserved|copyright|watch |see (?:a |the )?(?:photos|map|gallery)", re.IGNORECASE
)

NOTICES: tuple[tuple[str, ...], ...] = (
    (
        "Help us keep reporting",
        (
            "{N} is read by people of every political colour, and we want to keep it open to all of them. Other"
            " newsrooms have put"
            " up a wall around their work. We have not, because we think facts should reach those who cannot pay."
        ),
        (
            "In a year like this one, your gift lets us send reporters to where the news is made and to hear every"
            " side of it."
        ),
        "Whatever you can give makes a difference.",
    ),
    (
        "Support journalism without fear",
        (
            "From hospital wards to courtrooms, from the price of bread to the future of the oceans, {N} has its"
            " people on the spot"
            " when it matters. We looked into who finances the campaigns, and our film about the women who fight"
            " back was seen by"
            " millions; we know how much depends on telling what happened apart from what is claimed."
        ),
        "We can only do this with readers who stand behind us. Please give what you can today.",
    ),
    (
        "A message from our editor",
        (
            "Now more than ever, independent reporting needs people like you. We have no billionaire owner and no"
            " shareholders, so"
            " nobody tells our journalists what to write. If everyone who reads this gave a little, our future would"
            " be safe."
        ),
        "It takes a minute to set up a monthly payment, and you can stop at any time. Thank you.",
    ),
    (
        "Before you go",
        (
            "Good reporting costs money, and advertising no longer pays for it. If you value what you read here,"
            " consider becoming a"
            " supporter. Every contribution, however big or small, pays for our newsroom."
        ),
    ),
    (
        "We rely on you",
        (
            "{N} is a nonprofit newsroom. That means no paywall and no hidden interests, and it means that members"
            " pay for the"
            " stories you have just read. Will you join them?"
        ),
        "Yes, I will give",
    ),
    (
        "Keep reading for free",
        (
            "You have read your last free story this month. Subscribe for unlimited access to everything we publish,"
            " on every"
            " device. Already a subscriber? Log in to go on reading."
        ),
    ),
    (
        "This story is for subscribers",
        "Start your free trial today and enjoy full access to our website and app. Cancel at any time.",
        "Subscribe now",
    ),
    (
        "Your privacy",
        (
            "We and our partners store cookies on your device to measure how this site is used and to show you"
            " advertising that"
            " suits you. You can change your choice at any time in the privacy settings of your browser."
        ),
        "Accept all",
        "Manage settings",
    ),
    (
        (
            "We use cookies to make our site work and to understand how you use it. By continuing to browse you"
            " agree to our"
            " cookie policy."
        ),
    ),
    (
        "Get the morning briefing",
        "Sign up for our newsletter and get the stories that matter in your inbox every weekday.",
        "Enter your email address",
        "By signing up you agree to our terms of use and privacy policy. You can unsubscribe at any time.",
    ),
    (
        "Stay informed with alerts from {N}",
        "You can switch notifications off in the settings of your browser.",
    ),
    ("Thanks for signing up", "Please reload the page to be signed in automatically. Reload this page to go on."),
    ("Thank you for subscribing", "Check your inbox to confirm your email address. Your account is ready to use."),
    ("Create an account to go on reading. It is free and takes less than a minute. Already have an account? Sign in.",),
    (
        (
            "You are using an old browser. Please upgrade your browser or switch javascript on to see this page as"
            " it was meant."
        ),
    ),
    (
        "It looks like you are using an ad blocker",
        (
            "Advertising pays for our journalism. Please switch the blocker off for this site, or subscribe to read"
            " without ads."
        ),
    ),
    ("Download our app and get breaking news alerts as it happens. Available on the App Store and Google Play.",),
    (
        "Join the conversation",
        (
            "Comments are moderated. Please keep to the topic and read our community guidelines before you post."
            " Your email address"
            " will not be published."
        ),
        "Leave a reply",
    ),
    ("Follow {N} on Facebook, Twitter and Instagram for more on this story.",),
    ("Read more: what we know so far and what comes next",),
    ("Have you been affected by this? Share your story with our reporters by email or send us a message on WhatsApp.",),
    ("Do you have a tip for our reporters? Contact us in confidence at the address below.",),
    (
        "We want to hear from you",
        "Tell us what you think of this article and what we should write about next. Our editors read every message.",
    ),
    (
        "About the author",
        "Our reporter covers politics and has worked for {N} since the paper was founded. Follow her on Twitter.",
    ),
    ("Quotes are delayed by at least 15 minutes. Market data provided by our partners. See our terms of service.",),
    ("This article may not be published, rewritten or redistributed without permission. All rights reserved.",),
    ("{N} may earn a commission when you buy through links on this site. That never decides what we write about.",),
    ("File photo: a street in the capital (Picture agency/Getty Images)",),
    ("People wait outside the building on Tuesday (AP Photo/Someone Somewhere)",),
    ("Police officers at the scene. Photo: Reuters",),
    ("Image caption The bridge was closed for repairs last year",),
    ("The harbour at dawn (Copyright 2020 Press Agency. All rights reserved.)",),
)
"""Notices of web pages, in words of our own; {N} stands for the name of a newspaper."""

_PAPERS = (
    "The Herald",
    "the Morning Post",
    "The Daily Sentinel",
    "Riverside News",
    "The Observer",
    "NewsHub",
    "the Gazette",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A labelled page; `body[i]` says whether paragraph `i` is the article's."""

    texts: list[str]
    after_blank: list[bool]
    body: list[bool]


def read_page(text: str, truth: str) -> Page:
    """Label the paragraphs of a real page: the article's are those whose words align with the true text."""
    blocks = split_blocks(text)
    texts = [text[b.start : b.end] for b in blocks]
    owners: list[int] = []
    words: list[str] = []
    for i, piece in enumerate(texts):
        found = TOKEN.findall(piece)
        words += found
        owners += [i] * len(found)
    hits, totals = [0] * len(texts), [0] * len(texts)
    for owner in owners:
        totals[owner] += 1
    matcher = difflib.SequenceMatcher(None, words, TOKEN.findall(truth), autojunk=False)
    for start, _, length in matcher.get_matching_blocks():
        for owner in owners[start : start + length]:
            hits[owner] += 1
    return Page(
        texts, [b.after_blank for b in blocks], [hit > 0.6 * total for hit, total in zip(hits, totals, strict=True)]
    )


def read_stories(path: Path, *, odd: bool) -> list[list[str]]:
    """The clean stories of a question file, as paragraphs; its even or its odd lines."""
    stories: list[list[str]] = []
    with path.open(encoding="utf-8") as lines:
        for line in islice(lines, int(odd), None, 2):
            paragraphs = [p.strip() for p in re.split(r"\n\s*\n", json.loads(line)["text"])]
            stories.append([p for p in paragraphs if p and not _NOT_STORY.search(p)])
    return [story for story in stories if story]


def _notice(rng: random.Random) -> list[str]:
    """The paragraphs of one made-up notice."""
    paper = rng.choice(_PAPERS)
    return [piece.replace("{N}", paper) for piece in rng.choice(NOTICES)]


def _in_first_person(story: list[str], rng: random.Random) -> list[str]:
    """A story told by "we" to "you", so that the model does not take every column and every letter for an appeal."""
    if rng.random() < 0.5:
        return story
    you = rng.random() < 0.5

    def turned(match: re.Match[str]) -> str:
        word = match.group()
        new = ("you" if you else "we") if word.lower() in ("they", "he", "she") else ("your" if you else "our")
        return new.capitalize() if word[0].isupper() else new

    return [re.sub(r"\b(?:they|he|she|their|his)\b", turned, text, flags=re.IGNORECASE) for text in story]


def make_up(story: list[str], frames: list[Page], rng: random.Random) -> Page:
    """A page around a story: none, a few notices, or the furniture of a real page before and behind it."""
    start = rng.randrange(max(1, len(story) - 3))
    story = story[start : start + rng.choice((1, 2, 4, 8, 16, 40))]
    story = _in_first_person(story, rng)
    style = rng.random()
    parts = [(p, True, True) for p in story]
    if style > 0.45:
        for _ in range(rng.choice((1, 1, 2, 3))):
            place = rng.randrange(len(parts) + 1)
            parts[place:place] = [(p, rng.random() < 0.9, False) for p in _notice(rng)]
    if style > 0.7:
        frame = rng.choice(frames)
        inside = [i for i, flag in enumerate(frame.body) if flag] or [len(frame.body) // 2]
        lines = list(zip(frame.texts, frame.after_blank, [False] * len(frame.texts), strict=True))
        head, tail = lines[: inside[0]], lines[inside[-1] + 1 :]
        parts = head[-rng.choice((3, 10, 200)) :] + parts + tail[: rng.choice((3, 10, 200))]
    texts, blanks, body = zip(*parts, strict=True)
    return Page(list(texts), list(blanks), list(body))
