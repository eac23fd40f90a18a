"""Where lists lead: to a reading, to a study, to the page of a source, to a document outside this site."""

from scripts.package.ledger import Reading
from scripts.site.links import Link
from scripts.site.page_data import PageData


def token(data: PageData, one: Reading) -> Link:
    """The verbatim token of a reading, which leads to the page of its quantity."""
    return reading(data, one.id, data.values.printed(one.id))


def reading(data: PageData, value_id: str, words: str) -> Link:
    """Words that lead to a reading on the page of its quantity."""
    return Link(words, str(data.value_url(value_id)))


def study(data: PageData, study_id: str) -> Link:
    """The name of a study, which leads to its page."""
    return Link(data.package.name_of("studies", study_id), str(data.study_url(study_id)))


def source_page(data: PageData, source_id: str, words: str) -> Link:
    """Words that lead to the page of a source."""
    return Link(words, str(data.source_url(source_id)))


def document(data: PageData, source_id: str) -> Link:
    """The title of a source, which leads to where it was published, as far as that is known."""
    source = data.package.row("sources", source_id)
    return Link(source["title"], source["url"])


def credit(data: PageData, organisation_id: str, lead: str) -> str:
    """Whom a source credits, after some words; blank where it credits nobody."""
    return lead + data.package.name_of("organisations", organisation_id) if organisation_id else ""
