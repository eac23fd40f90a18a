"""Names of quantities: a caption, a heading and a clause, made from the columns of a reading.

The words for each indicator are in data/editorial/indicator_words.csv; if these are blank or missing,
general words are used with the indicator's name. Nothing is said that is not in the reading.
"""

import re
from collections.abc import Callable

from scripts.package.files import Row
from scripts.package.package import Package
from scripts.package.reading import Reading, age_range_words
from scripts.package.shared_words import fill_placeholders
from scripts.wording.text_formatting import capitalise_first, lowercase_first, period_in_words, shorten_text

# How ages are known: the words that follow “share” and those that follow “were”.
TOLD = ("found to be", "found to be")  # people stated their age
COUNTED = ("counted as", "counted as")  # nobody was observed, and how ages were judged is not known
NOUNS = {
    "female": ("girls", "women", "women and girls"),
    "male": ("boys", "men", "men and boys"),
    "": ("children", "adults", "people"),
}
NAMES_SEX = re.compile(r"\b(wom[ae]n|girls?|females?|m[ae]n|boys?|males?|masseurs)\b", re.IGNORECASE)
NAMES_PEOPLE = re.compile(
    r"\b(people|persons|wom[ae]n|girls|females|men|boys|males|children|adolescents|members|victims|survivors|"
    r"suspects|offenders|foreigners|brokers|workers|staff|officials|hostesses|families|migrants|police|"
    r"specialists|respondents)\b",
    re.IGNORECASE,
)
WITH_ARTICLE = re.compile(
    r"Philippines|Gambia|Maldives|Netherlands|United |border area|"
    r"(?:[A-Z][\w-]+ )+(?:Republic|Region|sub-region)$"
)
# Starts of descriptions that are not proper names.
NO_NAME = re.compile(r"(Border area|Urban centres|Three|Six|Seven|Eight|Twenty)\b")
LONGEST_SCOPE = 90  # the most characters of the source's own words in a name
CHILD = 17  # the highest age of a child
GENERAL = {  # for indicators without words of their own
    "caption": "{name}",
    "heading": "{caption}, {whom}",
    "sentence": "the value of “{name}” was {n} for {whom} {where}",
    "unnamed": "",
}


class QuantityNames:
    """Names for the quantities of one package."""

    def __init__(self, package: Package) -> None:
        self._package = package

    def caption_phrase(self, reading: Reading) -> str:
        """A phrase for what is measured, such as “share judged under 18”, without whom, where or when."""
        return self._fill_indicator_words("caption", reading)

    def heading_for_quantity(self, reading: Reading) -> str:
        """A heading that says what is measured, of whom, where and when."""
        words = self._fill_indicator_words("heading", reading, caption=lambda: self.caption_phrase(reading))
        place = "" if self._ends_with_place(reading) else self._place_or_number_of_cities(reading)
        when = period_in_words(reading.period) or (
            f"“{reading.period_as_printed}”" if reading.period_as_printed else ""
        )
        return ", ".join(part for part in (capitalise_first(words), place, when) if part)

    def finding_clause(self, reading: Reading, number_words: str) -> str:
        """The result as a clause with a subject, a verb, the people and the place, but not the time."""
        return re.sub(
            r" {2,}", " ", self._fill_indicator_words("sentence", reading, n=lambda: number_words)
        ).strip()

    def indicator_words(self, reading: Reading) -> Row:
        """The words for a reading's indicator; general words where it has none of its own."""
        own = self._package.rows_by_key("indicator_words").get(reading.indicator_id, {})
        return {part: own.get(part) or words for part, words in GENERAL.items()}

    def place_with_preposition(self, reading: Reading) -> str:
        """The place with its preposition; blank if none is named or the population's name ends with it."""
        name = self.place_in_sentence(reading)
        if not name or self._ends_with_place(reading):
            return ""
        return name if name == "worldwide" else f"in {place_with_article(name)}"

    def time_between_ends(self, reading: Reading) -> str:
        """Words for the time between the two figures that a change compares; blank if it is not known."""
        start, slash, end = reading.period.partition("/")
        if not start:
            return ""
        if not slash:
            return f"in {period_in_words(start)}"
        if "-" in reading.period:
            return f"between two periods from {period_in_words(reading.period)}"
        return f"between {start} and {end}"

    def age_judgement_words(self, reading: Reading, *, quoted: bool = False) -> tuple[str, str]:
        """Two forms of words for how ages were established: one for a caption, one for a verb.

        They say that ages were judged, unless people are known to have stated them or were not observed. If
        `quoted`, the words are blank if the source itself does not say how ages were judged.
        """
        study = self._package.row("studies", reading.study_id) if reading.study_id else {}
        how = study.get("age_method", "not_read"), study.get("observation_mode")
        if reading.is_observed and how[0] in ("self_report", "interview", "document"):
            return TOLD
        is_unseen = reading.is_observed and how == ("not_read", "not_applicable")
        is_ours = quoted and reading.is_observed and (how[0] == "not_read" or not reading.is_primary)
        if is_unseen:
            return COUNTED
        return (
            ("", "")
            if is_ours
            else (
                self._how_number_came_about_words(reading, "judged"),
                self._how_number_came_about_words(reading, "held"),
            )
        )

    def population_name(self, reading: Reading) -> str:
        """The people whom a reading is about, or words saying that its source does not describe them."""
        if name := self._package.name_of("populations", reading.population_id):
            return self._reword_as_people(reading, lowercase_first(name))
        unnamed = self.indicator_words(reading)["unnamed"]
        return unnamed or f"{_sex_adjective(reading) or 'people'} whom the source does not describe further"

    def _fill_indicator_words(self, part: str, reading: Reading, **more: Callable[[], str]) -> str:
        """The caption, heading or sentence of an indicator, filled in with what a reading says."""
        in_brackets = part == "sentence"
        as_caption, as_verb = self.age_judgement_words(reading, quoted=in_brackets)
        is_aged = (as_caption, ages_in_words(reading)[:4]) == ("judged", "aged")
        made = {
            "name": lambda: lowercase_first(self._package.name_of("indicators", reading.indicator_id)),
            "people": lambda: self.population_name(reading),
            "group": lambda: self._people_with_ages_and_sex(
                self.population_name(reading), _sex_adjective(reading), brackets=in_brackets
            ),
            "whom": lambda: self._people_with_ages_and_sex(
                self.population_name(reading), self._age_and_sex_words(reading), brackets=in_brackets
            ),
            "persons": lambda: _people_noun(reading, aged=True),
            "ages": lambda: ages_in_words(reading) or "under age",
            "judged": lambda: f"{as_caption} to be" if is_aged else as_caption,
            "held": lambda: as_verb,
            "were": lambda: f"were {as_verb}",
            "supposed": lambda: self._how_number_came_about_words(reading, "supposed", " "),
            "reckoned": lambda: self._how_number_came_about_words(reading, "reckoned", " "),
            "tallied": lambda: self._how_number_came_about_words(reading, "tallied"),
            "there_were": lambda: f"there {self._how_number_came_about_words(reading, 'there_were')}",
            "recorded": lambda: self._how_number_came_about_words(reading, "recorded", " "),
            "counted": lambda: self._counted_people(reading, as_caption, brackets=in_brackets),
            "setting": lambda: self._setting_of_exploitation(reading),
            "scope": lambda: shorten_text(reading.scope_as_printed, LONGEST_SCOPE),
            "place": lambda: place_with_article(
                self.place_in_sentence(reading) or "a place that is not named"
            ),
            "where": lambda: self.place_with_preposition(reading),
            "between": lambda: self.time_between_ends(reading),
        }
        return fill_placeholders(self.indicator_words(reading)[part], made | more)

    def _how_number_came_about_words(self, reading: Reading, form: str, end: str = "") -> str:
        """Words for how a number came about, followed by `end`; blank if there are none."""
        words = self._package.reading_index.words_for_code("nature", reading.nature, form)
        return words and words + end

    def _people_with_ages_and_sex(self, whom: str, qualifier: str, *, brackets: bool) -> str:
        """The people, then their ages and sex, which follow either in brackets or after a comma."""
        if not qualifier or (NAMES_SEX.search(whom) and qualifier in sum(NOUNS.values(), ())):
            return whom
        return f"{whom} ({qualifier})" if brackets else f"{whom}, {qualifier}"

    def _age_and_sex_words(self, reading: Reading) -> str:
        """The ages and sex of the people, unless the population's name already gives them."""
        name, words = self.population_name(reading).lower(), ages_in_words(reading)
        is_told = words.removeprefix("aged ") in name or ("child" in name and words in ("", "under 18"))
        words = "" if is_told else words
        if not NAMES_PEOPLE.search(name):
            return f"about {_people_noun(reading, aged=True)}" if words or reading.sex in NOUNS else ""
        if reading.sex in NOUNS and not NAMES_SEX.search(name):
            return f"{_people_noun(reading, aged=False)} {words}".strip()
        is_child = reading.age_limits == ("0", "") and reading.age_max_reason != "all_ages"
        return words or ("children" if is_child and "child" not in name else "")

    def _counted_people(self, reading: Reading, judged: str, *, brackets: bool) -> str:
        """The people or things that a change is about: those judged to be under an age, or a group."""
        if not reading.population_id:
            return re.split("[,;]", reading.scope_as_printed.removeprefix("number of "))[0]
        if reading.study_id and reading.is_observed and ages_in_words(reading):
            return f"people {judged} {ages_in_words(reading)} among {self.population_name(reading)}"
        return self._people_with_ages_and_sex(
            self.population_name(reading), self._age_and_sex_words(reading), brackets=brackets
        )

    def _setting_of_exploitation(self, reading: Reading) -> str:
        """The setting in which children were exploited, if the population's name gives one."""
        match = re.search(r"exploitation (in|on) (.+)", self.population_name(reading))
        return f" {match[1]} {match[2]}" if match else ""

    def _reword_as_people(self, reading: Reading, name: str) -> str:
        """The name of a population, reworded if the figure counts people but the name is not of people.

        Cases, for example, become “people in the count of cases”.
        """
        counts_people = (
            self._package.reading_index.indicators_by_id[reading.indicator_id]["unit"] == "people"
        )
        return f"people in the count of {name}" if counts_people and not NAMES_PEOPLE.search(name) else name

    def place_in_sentence(self, reading: Reading) -> str:
        """The place of a reading as it is written inside a sentence; blank if no place is named."""
        name: str = self._package.name_of("places", reading.place_id)
        if name.startswith("Place that is not named"):
            return ""
        return "worldwide" if name == "World" else lowercase_first(name) if NO_NAME.match(name) else name

    def _ends_with_place(self, reading: Reading) -> bool:
        """Return whether the population's name already ends with the place."""
        name = self._package.name_of("populations", reading.population_id)
        return (
            bool(re.search(rf"\b{re.escape(self.place_in_sentence(reading))}$", name))
            if self.place_in_sentence(reading)
            else False
        )

    def _place_or_number_of_cities(self, reading: Reading) -> str:
        """The place; for a list of at least three cities, the number of cities instead."""
        name = self.place_in_sentence(reading)
        parts = re.split(r", | and ", name)
        cities = {row["name"] for row in self._package.rows("places") if row["level"] == "city"}
        is_list = len(parts) > 2 and cities.issuperset(parts)
        return f"{('three', 'four', 'five', 'six')[len(parts) - 3]} cities" if is_list else name


def ages_in_words(reading: Reading) -> str:
    """The ages that a reading gives, such as “aged 16 to 17”; blank if it gives none."""
    words = age_range_words(reading) if reading.has_ages else ""
    return f"aged {words}" if words[:1].isdigit() else words


def _people_noun(reading: Reading, *, aged: bool) -> str:
    """A noun such as children, girls, women or people, chosen by ages and sex."""
    low, high = reading.age_limits
    is_child = high.isdecimal() and int(high) <= CHILD + (reading.sex in NOUNS)  # such as girls of 12 to 18
    has_no_limit = low == "0" and not high and reading.age_max_reason != "all_ages"
    is_adult = low.isdecimal() and int(low) > CHILD
    at = 0 if is_child or has_no_limit else 1 if is_adult else 2
    noun = NOUNS[reading.sex if reading.sex in NOUNS else ""][at]
    return f"{noun} {ages_in_words(reading)}".strip() if aged else noun


def _sex_adjective(reading: Reading) -> str:
    return NOUNS[reading.sex][2] if reading.sex in NOUNS else ""


def place_with_article(name: str) -> str:
    """A place name with its article, if it takes one."""
    return f"the {name}" if WITH_ARTICLE.match(name) else name
