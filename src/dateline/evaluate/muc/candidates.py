"""Candidates: the strings that could fill a role of MUC-4, taken from what a coder read in an article."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dateline.evaluate.muc.gold import ASKED, normal
from dateline.evaluate.muc.rules import NO_TYPE, load_rules, muc_type
from dateline.evaluate.muc.tables import LONGEST, UNSEEN, Tables
from dateline.model.article import Article
from dateline.model.mention import Argument, Mention

# In so many messages a word that was never a target's may stand and still be taken for a name.
RARE = 3
# Log odds from which on a word is taken for one that ends fillers.
COMMON_LAST = -2.2
_CUT = re.compile(
    r",|\s(?:who|which|that|whose|where|in|from|at|near|on|with|by|for|belonging|traveling|riding|wearing|and)\s"
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")
_BRACKET = re.compile(r"[\[(]([^\[\]()]{2,80})[\])]")
_OF = re.compile(r"\s(?:of|from)\s(?:the\s)?")


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A string, where it was found, and what speaks for it; `kind` says how it was cut from its span.

    `sentence` is the article's sentence of the mention; `mention` its index among the mentions, -1 for a
    string that only stands in the sentence. `span` is the whole argument that it was cut from.
    """

    text: str
    kind: str
    role: str
    score: float
    mention: int
    sentence: int
    span: str = ""


def candidates_of(
    article: Article, mentions: Sequence[Mention], tables: Tables, scene: Sequence[Argument] = ()
) -> list[Candidate]:
    """Return the candidates: pieces of the mentions' arguments and of the scene's, and likely strings.

    Likely strings are taken from the sentences with mentions of the task's types. `scene` are the fillers that
    a coder gives to no event in particular; their role is told as "scene ROLE".
    """
    found: list[Candidate] = []
    arguments = [
        (number, "other " if muc_type(mention) == NO_TYPE else "", each)
        for number, mention in enumerate(mentions)
        for each in mention.arguments
    ]
    arguments += [(-1, "scene ", each) for each in scene]
    for number, prefix, argument in arguments:
        if argument.role in {"place", "time"}:
            continue
        for kind, text in pieces(argument.span.text, tables):
            found.append(
                Candidate(
                    text=text,
                    kind=kind,
                    role=prefix + argument.role,
                    score=argument.score,
                    mention=number,
                    sentence=article.sentence_at(argument.span.start) or 0,
                    span=argument.span.text,
                )
            )
    violent = (mention for mention in mentions if muc_type(mention) != NO_TYPE)
    for sentence in sorted({mention.sentence for mention in violent}):
        start, end = article.sentences[sentence]
        text = article.text[start:end]
        near = [("known", known) for known in known_strings(text, tables)]
        near += [("person", name) for name in names_in(text, tables)]
        near += [("phrase", name) for name in phrases_in(text, tables)]
        found += [
            Candidate(text=text, kind=kind, role="none", score=0.0, mention=-1, sentence=sentence)
            for kind, text in near
        ]
    return found


def pieces(span: str, tables: Tables) -> Iterator[tuple[str, str]]:
    """Yield the strings that a span may stand for: the whole, without its count, up to a preposition ..."""
    seen: set[str] = set()
    trailing = load_rules().words.function

    def fresh(kind: str, text: str) -> Iterator[tuple[str, str]]:
        plain = " ".join(text.split()).strip(" ,.;:\"'")
        while " " in plain and plain.rpartition(" ")[2].lower() in trailing:
            plain = plain.rpartition(" ")[0].strip(" ,")
        if plain and normal(plain) and normal(plain) not in seen:
            seen.add(normal(plain))
            yield kind, plain

    whole = _without(span, load_rules().words.determiners)
    bare = _BRACKET.sub(" ", whole)
    yield from fresh("whole", whole)
    yield from fresh("bare", bare)
    counted = _without(bare, load_rules().words.counts | load_rules().words.determiners, digits=True)
    yield from fresh("counted", counted)
    for inner in _BRACKET.findall(whole):
        yield from fresh("bracket", inner)
    head = _CUT.split(f"{counted} ", maxsplit=1)[0]
    yield from fresh("head", head)
    if _OF.search(head):
        first, rest = _OF.split(head, maxsplit=1)
        yield from fresh("first", first)
        yield from fresh("rest", rest)
    yield from fresh("name", name_in(head, tables))


def name_in(text: str, tables: Tables) -> str:
    """Return the end of a phrase that looks like a person's name, without titles; "" where none does."""
    words = text.split()
    start = len(words)
    while start > 0 and name_like(words[start - 1], tables):
        start -= 1
    return " ".join(words[start:])


def name_like(word: str, tables: Tables) -> bool:
    """Say whether a word is more often part of a person's name than of anything else.

    A word that was never part of a human target is taken for a name when it is rare.
    """
    plain = normal(word)
    if not plain or not plain[0].isalpha():
        return False
    if plain in tables.names:
        return tables.names[plain] > 0
    return tables.common.get(plain, 0) <= RARE or plain in load_rules().words.inside_names


def title_of(name: str, spans: Iterable[str]) -> str:
    """Return the longest wording that stands before a person's name in the spans; "" for nothing."""
    found = ""
    for span in spans:
        head, held, _ = span.upper().partition(name.upper())
        title = _without(head.strip(" ,"), load_rules().words.determiners)
        if held and len(title) > len(found) and title.lower() not in load_rules().words.determiners:
            found = title
    return found


def known_strings(sentence: str, tables: Tables) -> Iterator[str]:
    """Yield the strings of the sentence that were a filler somewhere, longest first, none within another."""
    tokens = normal(sentence).split()
    taken = [False] * len(tokens)
    for size in range(LONGEST, 0, -1):
        for at in range(len(tokens) - size + 1):
            text = " ".join(tokens[at : at + size])
            if not any(taken[at : at + size]) and any(text in tables.strings[role] for role in ASKED):
                taken[at : at + size] = [True] * size
                yield text


def names_in(sentence: str, tables: Tables) -> Iterator[str]:
    """Yield the runs of two and more words of a sentence that look like persons' names."""
    run: list[str] = []
    for word in (*_WORD.findall(sentence), "."):
        if name_like(word, tables):
            run.append(word)
            continue
        while run and run[-1].lower() in load_rules().words.inside_names:
            run.pop()
        if len(run) > 1:
            yield " ".join(run)
        run = []


def phrases_in(sentence: str, tables: Tables) -> Iterator[str]:
    """Yield what stands before, and with, a word that often ends a filler, back to a function word."""
    function = load_rules().words.function
    run: list[str] = []
    for word in _WORD.findall(sentence):
        if word.lower() in function or not word[0].isalnum():
            run = []
            continue
        run.append(word)
        if len(run) > 1 and max(tables.lasts[role].get(normal(word), UNSEEN) for role in ASKED) > COMMON_LAST:
            yield " ".join(run[-LONGEST:])


def _without(text: str, words: Iterable[str], *, digits: bool = False) -> str:
    tokens = text.split()
    while len(tokens) > 1 and (
        tokens[0].lower().strip(",") in words
        or (digits and tokens[0][0].isdigit() and not tokens[0][-1].isalpha())
    ):
        tokens = tokens[1:]
    return " ".join(tokens)
