"""When, for the mentions of an article: purposes, deadlines, lengths, and when something was said."""

import msgspec
import pytest

from dateline.model.article import Article
from dateline.model.ids import MentionId
from dateline.model.mention import Argument, Attribution, Mention
from dateline.model.values import Status, When, make_status
from dateline.resolve.catalogue import Catalogue, load_catalogue
from dateline.resolve.context import read_context
from dateline.resolve.dating import Dating
from dateline.resolve.existence import named_since
from dateline.resolve.timestold import PAGE_CLOCK, Since, TimesTold
from tests.resolve.articles import make_article

SATURDAY = "2016-10-22"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def mention(article: Article, trigger: str, status: Status | None = None) -> Mention:
    start = article.text.index(trigger)
    return Mention(
        id=MentionId(f"men_{start}"),
        article=article.id,
        sentence=article.sentence_at(start) or 0,
        type="assault",
        trigger=article.span(start, start + len(trigger)),
        arguments=(),
        status=status or Status(),
    )


def when(text: str, trigger: str, status: Status | None = None) -> When:
    article = make_article(text, SATURDAY)
    return Dating(article).when(mention(article, trigger, status))


def said(text: str, source: str, cue: str, published: str | None = SATURDAY) -> When | None:
    article = make_article(text, published)
    at, start = article.text.index(cue), article.text.index(source)
    attribution = Attribution(
        article.span(at, at + len(cue)),
        article.span(start, start + len(source)),
        article.span(0, len(article.text)),
    )
    return Dating(article).said(attribution)


PLANNED = make_status("planned")


@pytest.mark.parametrize(
    ("text", "trigger", "start"),
    [
        ("On Thursday, elders held a meeting to discuss how to prevent raids.", "raids", None),
        ("Rebels vowed on Thursday to attack the port.", "attack", None),
        ("Rebels will attack the port on Sunday.", "attack", "2016-10-23"),
        ("On Sunday rebels plan to attack the port.", "attack", "2016-10-23"),
    ],
)
def test_a_time_of_the_main_verb_dates_no_purpose(text: str, trigger: str, start: str | None) -> None:
    assert when(text, trigger, PLANNED).start == start


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("On Thursday the group gave villagers 48 hours to leave the valley.", "2016-10-20", "2016-10-22"),
        ("The group told villagers to leave within 48 hours.", None, None),
        ("The group told villagers to leave in three days.", None, None),
    ],
)
def test_a_deadline_runs_from_the_order(text: str, start: str | None, end: str | None) -> None:
    found = when(text, "leave", make_status("demanded"))
    assert (found.start, found.end, found.precision) == (start, end, "range")
    assert found.text in ("48 hours", "three days")
    assert found.assumed is not None
    assert found.assumed.startswith(f"within {found.text} of the order")


@pytest.mark.parametrize(
    ("text", "trigger", "lasts"),
    [
        ("Clashes between the army and militiamen lasted three days near Bor.", "Clashes", "three days"),
        ("They seized weapons after two hours of fighting.", "fighting", "two hours"),
        ("They seized weapons after two hours of fighting.", "seized", None),
        ("Troops shelled the town for months.", "shelled", "months"),
        ("They attacked a 12-year-old.", "attacked", None),
    ],
)
def test_how_long_it_lasted_is_kept_in_words(text: str, trigger: str, lasts: str | None) -> None:
    found = when(text, trigger)
    assert (found.lasts, found.start) == (lasts, None)


def test_what_has_gone_on_for_weeks_ends_with_the_publication() -> None:
    found = when("Rebels have been shelling the town for three weeks.", "shelling")
    assert (found.start, found.end, found.anchor) == ("2016-10-01", "2016-10-22", "published:2016-10-22")
    assert found.lasts == "three weeks"
    past = when("Rebels shelled the town for three weeks.", "shelled")
    assert (past.start, past.lasts) == (None, "three weeks")


def test_what_goes_on_currently_goes_on_on_the_day_of_writing() -> None:
    text = "Rebels currently hold the hill."
    found = when(text, "hold", make_status("ongoing"))
    assert (found.start, found.end, found.assumed) == (
        "2016-10-22", "2016-10-22", "the day of writing, on which it goes on",
    )  # fmt: skip
    article = make_article(text)
    assert Dating(article).when(mention(article, "hold", make_status("ongoing"))).start is None


def test_what_goes_on_until_a_weekday_ends_with_the_next_one() -> None:
    text = "The curfew lasts until Monday."
    assert when(text, "curfew", make_status("ongoing")).end == "2016-10-24"
    assert when("The curfew lasted until Monday.", "curfew").end == "2016-10-17"


@pytest.mark.parametrize(
    ("text", "trigger", "end"),
    [
        ("The council extended the sanctions until December.", "sanctions", "2016-12-31"),
        ("The army imposed a curfew until Friday.", "curfew", "2016-10-28"),
        ("Rebels held the town until Friday.", "held", "2016-10-21"),
    ],
)
def test_what_is_extended_until_then_lasts_beyond_the_news(text: str, trigger: str, end: str) -> None:
    found = when(text, trigger)
    assert (found.start, found.end) == (None, end)


def test_the_day_of_what_is_to_come_dates_nothing_that_happened() -> None:
    text = "The union condemned the raid and said talks would begin in Bor on 8 December."
    assert when(text, "raid").start is None
    assert when(text, "talks", PLANNED).start == "2016-12-08"


def test_until_when_something_lasts_dates_no_attack_beside_it() -> None:
    text = "The council decried a raid and extended the sanctions until December."
    article = make_article(text, SATURDAY)
    dating = Dating(article, violent=frozenset({"assault"}))
    assert dating.when(mention(article, "raid")) == When()


@pytest.mark.parametrize(
    ("text", "source", "cue", "start"),
    [
        ("The mayor warned on Thursday of attacks.", "The mayor", "warned", "2016-10-20"),
        ("The mayor on Thursday warned of attacks.", "The mayor", "warned", "2016-10-20"),
        ("Late May, the Harbour Post quoted a source.", "Harbour Post", "quoted", "2016-05-21"),
        ("In a statement late on Wednesday, the group said so.", "group", "said", "2016-10-19"),
        ("A medic told reporters in Bor on Friday that guns were heard.", "A medic", "told", "2016-10-21"),
        ("A medic said gunmen came on Friday.", "A medic", "said", None),
        ("On Friday gunmen came, a medic said.", "a medic", "said", None),
    ],
)
def test_when_something_was_said(text: str, source: str, cue: str, start: str | None) -> None:
    found = said(text, source, cue)
    assert (found.start if found is not None else None) == start


def test_a_title_tells_since_when_a_text_can_have_been_written(catalogue: Catalogue) -> None:
    text = "Prime Minister Mustafa al-Kadhimi visited Mosul on Tuesday."
    article = make_article(text)
    since = named_since(read_context(article, catalogue), text, catalogue)
    assert since is not None
    assert since.day == "2020-05-07"
    bare = "He met Mustafa al-Kadhimi in the city of Mosul on Tuesday."
    assert named_since(read_context(make_article(bare), catalogue), bare, catalogue) is None
    lower = "Deputy Prime Minister Mustafa al-Kadhimi visited Mosul on Tuesday."
    assert named_since(read_context(make_article(lower, None), catalogue), lower, catalogue) is None
    found = Dating(article, since).when(mention(article, "visited"))
    assert (found.start, found.end) == ("2020-05-05", None)
    assert "Mustafa al-Kadhimi" in (found.assumed or "")


def test_the_later_of_two_bounds_holds_and_a_dated_article_needs_none() -> None:
    text = "In March 2019 they fled. They came back in May."
    later, earlier = Since("2020-05-07", "of a title"), Since("2015-01-01", "of a title")
    assert TimesTold(make_article(text), later).not_before == "2020-05-07"
    assert TimesTold(make_article(text), earlier).not_before == "2019-03-01"
    assert TimesTold(make_article(text, SATURDAY), later).not_before is None


def test_the_clock_of_a_page_is_the_last_possible_day() -> None:
    clock = "Wednesday, April 24, 2024\n\nRebels attack the port of Bor again\n\n"
    text = "Rebels attacked the port in May, and they were beaten back by the guards of the town."
    article = make_article(clock + text)
    assert [line.rule for line in article.removed][:1] == [PAGE_CLOCK], article.removed
    assert TimesTold(article).not_after == "2024-04-24"
    assert TimesTold(make_article(text)).not_after is None


def test_what_is_told_of_a_whole_campaign_has_not_the_day_told_before() -> None:
    text = "The army retook Bor on 10 July. Rebels {} the campaign."
    for words, start in (("were killed in", "2016-07-10"), ("were killed throughout", None)):
        article = make_article(text.format(words), SATURDAY)
        dating = Dating(article)
        assert dating.when(mention(article, "retook")).start == "2016-07-10"
        assert dating.when(mention(article, "killed")).start == start


RECALLED = make_status("occurred", "affirmed", "stated", "background")


def test_the_year_of_something_recalled_is_not_that_of_the_news() -> None:
    text = "Rebels overthrew the cabinet in 2014. Jets hit a depot on October 9."
    article = make_article(text)
    dating = Dating(article)
    dating.when(mention(article, "overthrew", RECALLED))
    news = dating.when(mention(article, "hit"))
    assert (news.start, news.end, news.precision) == ("2013-10-09", None, "day")
    again = Dating(article)
    again.when(mention(article, "overthrew", RECALLED))
    assert again.when(mention(article, "hit", RECALLED)).start == "2014-10-09"


def test_the_day_of_the_news_holds_on_over_what_is_recalled() -> None:
    text = "Jets hit a depot on Friday. Rebels overthrew the cabinet in 2014. Men shot a guard."
    article = make_article(text, SATURDAY)
    dating = Dating(article)
    for trigger, status in (("hit", None), ("overthrew", RECALLED)):
        dating.when(mention(article, trigger, status))
    shot = dating.when(mention(article, "shot"))
    assert (shot.start, shot.basis) == ("2016-10-21", "inherited")


def test_what_a_line_of_a_ticker_tells_is_of_the_day_of_the_line() -> None:
    text = (
        "07:40 HARIM: The barracks were stormed at first light yesterday, officers say. Six dead.\n\n"
        "09:15 SALQIN: A second post has been hit. Raiders entered it this morning.\n\n"
        "11:05 Four wounded now. A convoy was ambushed in 2014 on this road."
    )
    article = make_article(text, SATURDAY)
    dating = Dating(article)
    triggers = ["stormed", "dead", "hit", "entered", "wounded", "ambushed"]
    days = [dating.when(mention(article, trigger)).start for trigger in triggers]
    assert days == ["2016-10-21", "2016-10-21", "2016-10-22", "2016-10-22", "2016-10-22", "2014-01-01"]


VIOLENT = ("assault",)


def days_of(text: str, *triggers: str, published: str | None = SATURDAY) -> list[str | None]:
    """Return the first days of mentions of assaults, read in their order."""
    article = make_article(text, published)
    dating = Dating(article, violent=VIOLENT)
    return [dating.when(mention(article, trigger)).start for trigger in triggers]


def test_a_step_counts_from_the_attack_and_not_from_a_death_or_a_later_day() -> None:
    text = (
        "Gunmen stormed the post at Harim on Monday. A corporal succumbed to his wounds on Thursday.\n\n"
        "The relief column was bombed the next morning."
    )
    assert days_of(text, "stormed", "succumbed", "bombed") == ["2016-10-17", "2016-10-20", "2016-10-18"]


def test_the_day_named_in_the_sentence_is_counted_from_first() -> None:
    text = "Gunmen stormed a post on Monday. The group said on Thursday that it had struck it two days earlier."
    assert days_of(text, "stormed", "struck") == ["2016-10-17", "2016-10-18"]


def test_what_has_occurred_does_not_lie_after_the_publication() -> None:
    text = "A convoy was ambushed on Monday. A driver was buried on Friday. A lorry was shelled two days later."
    assert days_of(text, "ambushed", "shelled") == ["2016-10-17", "2016-10-19"]
    text = "The court sat on Friday. He had shot a guard three days later, it heard."
    assert days_of(text, "shot") == [None]


def test_a_step_from_a_month_is_bounded_by_the_month() -> None:
    text = "In August gunmen attacked the ferry. On the following day men shelled the quay."
    article = make_article(text, SATURDAY)
    dating = Dating(article, violent=VIOLENT)
    dating.when(mention(article, "attacked"))
    shelled = dating.when(mention(article, "shelled"))
    assert (shelled.start, shelled.end, shelled.precision) == ("2016-08-02", "2016-09-01", "range")


def test_after_a_death_of_wounds_the_story_is_that_of_the_attack() -> None:
    text = (
        "A sergeant died in hospital on Thursday, three days after the explosion on the ferry. "
        "The quay has been shut since the blast."
    )
    assert days_of(text, "died", "explosion", "blast") == ["2016-10-20", "2016-10-17", "2016-10-17"]
    text = "A man died on Thursday of a gunshot wound. Forty were hurt in the clashes."
    assert days_of(text, "died", "clashes") == ["2016-10-20", None]


def test_a_step_behind_which_a_verb_stands_opens_no_clause() -> None:
    text = "On Friday the men shot the day before were buried."
    assert days_of(text, "shot") == ["2016-10-20"]
    text = "The list was read on Friday, three days after gunmen had entered the mill and killed nine."
    assert days_of(text, "entered", "killed") == ["2016-10-18", "2016-10-18"]


def test_a_day_without_a_month_is_of_the_month_that_the_paragraph_named() -> None:
    text = (
        "In May gunmen attacked Harim. July belonged to Salqin. The first clash there, on the 2nd, left nine "
        "dead, and the second battle, on the 24th, four."
    )
    found = days_of(text, "attacked", "clash", "battle", published="2016-12-30")
    assert found == ["2016-05-01", "2016-07-02", "2016-07-24"]


def test_a_step_may_stand_in_the_sentence_before() -> None:
    text = (
        "On Friday the aunt thought of the mill, where a tailor had been five days earlier. "
        "He lay still while guards shot at the crowd."
    )
    assert marked_days(text, "five days earlier", "shot") == ["2016-10-16"]


def test_what_is_told_behind_since_january_when_was_in_january() -> None:
    found = when("The jail has been under guard since January, when gunmen took over a studio.", "took over")
    assert (found.start, found.end) == ("2016-01-01", "2016-01-31")
    found = when("The jail has been shelled since January, and gunmen hold it.", "shelled")
    assert (found.start, found.end) == ("2016-01-01", None)


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        (
            "Shells fell on Tuesday. The nine shot the Wednesday before had hardly been buried.",
            "shot",
            "2016-10-12",
        ),
        ("A woman who had marched on the Monday before was still there on Sunday.", "marched", "2016-10-10"),
        ("They marched the Monday before.", "marched", "2016-10-17"),  # nothing is told that it comes before
        ("Shells fell on Tuesday. Nine were shot on Monday before noon.", "shot", "2016-10-17"),
    ],
)
def test_the_wednesday_before_is_that_before_the_day_told_beside_it(text: str, trigger: str, day: str) -> None:
    assert days_of(text, "fell", trigger)[-1] == day if "fell" in text else days_of(text, trigger) == [day]


def test_a_day_recalled_is_of_the_month_told_last_wherever_that_was() -> None:
    text = (
        "I begin in June, when I stopped counting. On the fifth they came to Harim and killed four, and on the "
        "morrow they shot two.\n\nThere were good days. On the sixteenth a priest led children out of prison."
    )
    article = make_article(text, "2016-12-28")
    dating = Dating(article, violent=VIOLENT)
    found = [dating.when(mention(article, word, RECALLED)).start for word in ("killed", "shot", "led children")]
    assert found == ["2016-06-05", "2016-06-06", "2016-06-16"]
    # news of the day has no month but its own
    assert days_of(text, "led children", published="2016-12-28") == ["2016-12-16"]


def test_a_day_to_come_is_the_next_one_and_of_no_month_told_as_past() -> None:
    text = "They shot nine on 3 October. They mean to march on the nineteenth."
    article = make_article(text, SATURDAY)
    dating = Dating(article)
    dating.when(mention(article, "shot"))
    assert dating.when(mention(article, "march", PLANNED)).start == "2016-11-19"
    text = "In November the port is to shut. They mean to march on the nineteenth."
    assert when(text, "march", PLANNED).start == "2016-11-19"


def test_a_month_just_past_keeps_its_year_whatever_is_recalled() -> None:
    text = "In 2014 rebels killed nine at the mill. In September gunmen blew up the bridge."
    article = make_article(text, SATURDAY)
    dating = Dating(article)
    assert dating.when(mention(article, "killed", RECALLED)).start == "2014-01-01"
    assert dating.when(mention(article, "blew up", RECALLED)).start == "2016-09-01"


def test_a_weekday_with_an_article_is_of_the_month_beside_it() -> None:
    text = (
        "They killed forty in Harim last month, and since it was a Friday, nine more in Salqin on the Saturday."
    )
    assert days_of(text, "nine more") == ["2016-09-01"]
    assert days_of("Hostages taken in May were freed on Friday.", "freed") == ["2016-10-21"]


def test_that_weekday_is_the_one_told_before() -> None:
    text = "Gunmen stormed the mill on Monday, 10 October. Nobody has counted the dead of that Monday."
    assert days_of(text, "stormed", "dead") == ["2016-10-10", "2016-10-10"]
    assert days_of("Nobody was shot that Thursday.", "shot") == ["2016-10-20"]


def marked_days(text: str, time: str, *triggers: str) -> list[str | None]:
    """Return the first days where the coder gave `time` to the first of the triggers alone."""
    article = make_article(text, SATURDAY)
    at = text.index(time)
    argument = Argument(role="time", span=article.span(at, at + len(time)))
    first = msgspec.structs.replace(mention(article, triggers[0]), arguments=(argument,))
    dating = Dating(article, marked=first.spans("time"), violent=VIOLENT)
    return [dating.when(one).start for one in (first, *(mention(article, other) for other in triggers[1:]))]


@pytest.mark.parametrize(
    ("text", "other", "day"),
    [
        ("Men shot a guard on Friday and then robbed the bank.", "robbed", "2016-10-21"),
        ("Men shot a guard on Friday, wounding nine.", "wounding", "2016-10-21"),
        ("Police on Friday saw men who shot a guard, after clerks were robbed.", "robbed", None),
        ("Men shot a guard on Friday in response to the robbery.", "robbery", None),
        ("Men who shot a guard on Friday have been caught.", "caught", None),
        ("Men robbed a bank and, on Friday, shot a guard.", "robbed", None),
        ("On Friday men shot a guard; a shop was robbed.", "robbed", "2016-10-21"),
        ("On Friday men shot a guard; then came the robbery.", "robbery", None),
        ("On Friday men followed a guard, shot him and robbed him.", "robbed", "2016-10-21"),
        ("The robbery followed the day on which men shot a guard on Friday.", "robbery", None),
        ("“Men have robbed him,” they said of Friday’s raid, in which one was shot.", "robbed", "2016-10-21"),
    ],
)
def test_what_is_joined_to_a_happening_shares_the_time_given_to_it(
    text: str, other: str, day: str | None
) -> None:
    assert marked_days(text, "Friday", "shot", other) == ["2016-10-21", day]


def test_it_is_so_long_since_a_happening() -> None:
    text = "Today it is forty days since the ambush at the ford. A shell hit the mill that same evening."
    assert days_of(text, "ambush", "hit") == ["2016-09-12", "2016-09-12"]


def test_a_step_that_leads_to_a_clause_dates_that_clause() -> None:
    text = (
        "Nine people were killed in Harim on Monday. The massacre came hours after men stormed the mill.\n\n"
        "A meeting on Thursday mourned them. It came four days after gunmen burned the school."
    )
    found = days_of(text, "killed", "massacre", "burned")
    assert found == ["2016-10-17", "2016-10-17", "2016-10-16"]


def test_a_step_takes_the_story_on_to_the_later_day() -> None:
    text = "Gunmen raided Harim on Monday. Men attacked Salqin a day later. They shot the guards."
    assert days_of(text, "raided", "attacked", "shot") == ["2016-10-17", "2016-10-18", "2016-10-18"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Gunmen raided Harim on 3 October. The widow of a man shot on the 16th has spoken.", "2016-10-16"),
        ("Gunmen raided Harim on 3 October. The widow of a man shot on the 29th has spoken.", "2016-09-29"),
        ("Gunmen raided Harim in January. The widow of a man shot on the 16th has spoken.", "2016-01-16"),
        ("Gunmen raided Harim on 3 October. On Friday the 7th a man was shot.", "2016-10-07"),
        ("Gunmen raided Harim on 3 October. A man shot at the post on the 20th left a widow.", "2016-10-20"),
        ("Gunmen raided Harim. Guards of a man shot on the 20th armoured train ran.", None),
    ],
)
def test_a_day_alone_is_of_the_month_told_or_the_last_one(text: str, day: str | None) -> None:
    assert days_of(text, "raided", "shot")[1] == day


RECALLED = Status(currency="background")


def span_told(text: str, *mentions: tuple[str, Status], published: str = SATURDAY) -> tuple[str | None, ...]:
    """Return the first and last day of the last of some mentions, read in their order."""
    article = make_article(text, published)
    dating = Dating(article, violent=VIOLENT)
    found = [dating.when(mention(article, trigger, status)) for trigger, status in mentions][-1]
    return found.start, found.end


@pytest.mark.parametrize(
    ("text", "trigger", "status", "start"),
    [
        ("In spring they awaited another bomb.", "bomb", make_status("feared"), "2016-03-01"),
        ("A raid was foretold for December.", "raid", make_status("feared"), "2016-12-01"),
        (
            "A raid was foretold for December.",
            "raid",
            make_status("feared", currency="background"),
            "2015-12-01",
        ),
        ("The raid feared for Sunday did not come.", "raid", make_status("feared"), "2016-10-16"),
        ("The raid feared for Sunday worries the mayor.", "raid", make_status("feared"), "2016-10-23"),
        ("The fair passed on Sunday without the raid that was feared.", "raid", PLANNED, "2016-10-16"),
        ("They called a strike for 2 November, and it was followed.", "strike", PLANNED, "2015-11-02"),
        ("They called a strike for 2 November.", "strike", PLANNED, "2016-11-02"),
        ("They swore to burn Harim, a town they already raided in March.", "burn", PLANNED, None),
        ("They decreed a strike, and the shops ran empty on Sunday.", "strike", PLANNED, None),
        (
            "Men raided Harim on Monday 10 October. On the Sunday notes foretold a raid.",
            "a raid",
            PLANNED,
            None,
        ),
    ],
)
def test_a_plan_that_is_looked_back_on_lies_before(
    text: str, trigger: str, status: Status, start: str | None
) -> None:
    first = [("raided", Status())] if "raided Harim on Monday" in text else []
    assert span_told(text, *first, (trigger, status))[0] == start


def test_a_plan_of_an_undated_text_may_have_passed() -> None:
    article = make_article("On 3 May 2016 nine men were shot. They called a strike for 21 April.")
    found = Dating(article).when(mention(article, "strike", PLANNED))
    assert found.start == "2016-04-21"


@pytest.mark.parametrize(
    ("text", "status", "span"),
    [
        (
            "Men raided Harim on Friday 7 October. On the Sunday they shot a guard.",
            Status(),
            ("2016-10-09",) * 2,
        ),
        ("Men raided Harim on Friday 7 October. On Sunday they shot a guard.", Status(), ("2016-10-16",) * 2),
        (
            "They raided it last week. On the Saturday they shot a guard.",
            Status(),
            ("2016-10-15",) * 2,
        ),
        (
            "Men raided Harim in mid-May. On the Sunday they shot a guard.",
            RECALLED,
            ("2016-05-15", "2016-05-22"),
        ),
        ("March. Men raided Harim, and on the Sunday shot a guard.", RECALLED, ("2016-03-06", "2016-03-27")),
        ("Men raided Harim. On the Sunday they shot a guard.", RECALLED, (None, None)),
    ],
)
def test_the_sunday_is_that_of_the_days_told(text: str, status: Status, span: tuple[str | None, ...]) -> None:
    assert span_told(text, ("raided", status), ("shot", status)) == span


def test_weeks_and_months_ago_are_so_many_days_back_to_within_half_of_one() -> None:
    assert span_told("A guard was shot three weeks ago.", ("shot", Status())) == ("2016-09-28", "2016-10-04")
    assert span_told("A guard was shot a month ago.", ("shot", Status())) == ("2016-09-07", "2016-10-07")
    assert span_told("A guard was shot two years ago.", ("shot", Status())) == ("2014-01-01", "2014-12-31")
    exact = "A guard was shot three weeks ago today."
    assert span_told(exact, ("shot", Status())) == ("2016-10-01", "2016-10-01")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Men raided Harim on 3 October and Salqin on the 9th. Five days after Harim others shot a guard.",
            "2016-10-08",
        ),
        ("Men raided Harim on 3 October. Five days after Salqin others shot a guard.", None),
        ("Men raided Harim on 3 October, and two days after it the mayor was shot.", "2016-10-05"),
        ("Men raided Harim on 3 October, five days after others shot a guard.", "2016-09-28"),
        ("Men raided Harim on 3 October. Two days on, at Salqin, they shot a guard.", "2016-10-05"),
        ("Men raided Harim on 3 October. On the morrow they shot a guard.", "2016-10-04"),
    ],
)
def test_a_step_counts_from_what_a_name_or_a_pronoun_stands_for(text: str, days: str | None) -> None:
    assert days_of(text, "raided", "shot")[1] == days


def test_what_came_soon_after_is_counted_from_the_news_and_not_from_a_day_recalled_beside_it() -> None:
    text = (
        "Gunmen shot nine guards on Thursday.\n\nIt was the heaviest loss since the storming of a post on July "
        "11, and came less than three weeks after men killed a mayor."
    )
    told = (("shot", Status()), ("storming", RECALLED), ("killed", RECALLED))
    assert span_told(text, *told) == ("2016-09-29", "2016-10-20")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Men raided Harim in June. By the end of that month forty were shot.", "2016-06-30"),
        (
            "Men raided Harim in June 2015. In July it was calm. By the end of that month forty were shot.",
            "2016-07-31",
        ),
    ],
)
def test_that_month_is_the_one_named_last(text: str, days: str) -> None:
    assert span_told(text, ("raided", RECALLED), ("shot", RECALLED))[1] == days


def test_a_time_that_heads_a_paragraph_is_that_of_what_it_tells() -> None:
    text = "March. Men raided Harim. Two guards were shot.\n\nMay. Nobody was stabbed.\n\nA mill was burned."
    triggers = ("raided", "shot", "stabbed", "burned")
    assert days_of(text, *triggers) == ["2016-03-01", "2016-03-01", "2016-05-01", None]


def test_now_says_how_things_stand_and_not_when_they_came_to_be() -> None:
    assert days_of("Men raided Harim on Monday. Nine are dead now.", "raided", "dead")[1] == "2016-10-17"
    text = "Men raided Harim on Monday. Sellers who had come to buy cloth for Easter were shot."
    assert days_of(text, "raided", "shot")[1] == "2016-10-17"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Harim on 3 October, Salqin on 9 October: twice men raided a mill. Men shot in Harim were guards.",
            "2016-10-03",
        ),
        (
            "Harim on 3 October, Salqin on 9 October: twice men raided a mill. Men shot in Idlib were guards.",
            "2016-10-09",
        ),
        ("Men raided Salqin on Monday. It was a reply to the shot of Harim.", None),
        ("Men raided Salqin on Monday. It was a reply to the shot of Salqin.", "2016-10-17"),
    ],
)
def test_a_day_does_not_hold_on_for_what_happened_elsewhere(text: str, day: str | None) -> None:
    assert days_of(text, "raided", "shot")[1] == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "07:10 Harim was stormed yesterday.\n\n09:30 Snow on the pass.\n\n11:00 The toll in Harim now 9.",
            "2016-10-21",
        ),
        ("07:10 Harim was stormed yesterday.\n\n11:00 The toll in Salqin now 9.", "2016-10-22"),
        ("07:10 Harim was stormed at dawn.\n\n11:00 The toll in Harim now 9.", "2016-10-22"),
        ("07:10 Snow.\n\n11:00 The toll of the blast rises to 9. Last night it was five.", "2016-10-21"),
        ("07:10 Snow.\n\n11:00 A toll is paid on the bridge. Last night it was five.", "2016-10-22"),
    ],
)
def test_a_new_count_in_a_ticker_is_of_the_day_of_what_it_counts(text: str, day: str) -> None:
    assert days_of(text, "toll") == [day]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Shops are shut four days after men shot a guard.", ("2016-10-18", "2016-10-18")),
        (
            "HARIM, Oct 22 (Wire) - Six months after men shot a guard, nobody has been charged.",
            ("2016-04-07", "2016-05-07"),
        ),
        ("Shops were shut four days after men shot a guard.", (None, None)),
    ],
)
def test_a_step_said_of_now_counts_from_the_day_of_writing(text: str, span: tuple[str | None, ...]) -> None:
    assert span_told(text, ("shot", Status())) == span


def test_what_is_to_end_on_a_day_lasts_until_then() -> None:
    ongoing = make_status("ongoing")
    assert span_told("The siege is to end on Monday.", ("siege", ongoing)) == (None, "2016-10-24")
    assert span_told("The siege went on on Monday.", ("siege", ongoing)) == ("2016-10-17", "2016-10-17")
